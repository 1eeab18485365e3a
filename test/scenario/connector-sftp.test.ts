// needs: sshd
import tap, { test } from 'tap'
import { openFixture } from '../contract/source-fixtures/sftp.ts'
import { fileSourceScenario } from '../support/connector-scenario.ts'

tap.setTimeout(240_000)

test('the whole way over sftp', (t) => fileSourceScenario(t, 'sftp', openFixture))
