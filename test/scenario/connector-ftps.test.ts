// needs: vsftpd
import tap, { test } from 'tap'
import { openFixture } from '../contract/source-fixtures/ftps.ts'
import { fileSourceScenario } from '../support/connector-scenario.ts'

tap.setTimeout(240_000)

test('the whole way over ftps', (t) => fileSourceScenario(t, 'ftps', openFixture))
