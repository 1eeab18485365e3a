// slow: it runs a whole gateway
import tap, { test } from 'tap'
import { openFixture } from '../contract/source-fixtures/s3.ts'
import { fileSourceScenario } from '../support/connector-scenario.ts'

tap.setTimeout(240_000)

test('the whole way over s3', (t) => fileSourceScenario(t, 's3', openFixture))
