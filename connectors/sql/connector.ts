import { defineSource } from '../../gateway/contract/index.ts'
import { sqlConfig } from './config.ts'
import { loadDialect } from './find-dialect.ts'
import { openSql } from './open-sql.ts'
import { testWith } from './test-steps.ts'

export default defineSource({
  name: 'sql',
  title: 'Table, view or statement of a database',
  kind: 'rows',
  config: sqlConfig,
  test: async (config, context) => testWith(config, await loadDialect(config.dialect), context),
  open: openSql,
})
