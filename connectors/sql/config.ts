import { z } from 'zod'
import { dialectNames } from './find-dialect.ts'
import { faultOfRead, faultOfWrite } from './statement.ts'

const file = z.string().min(1)
const name = z
  .string()
  .regex(/^[^"'`[\].;\0\r\n]{1,128}$/, 'a name as the database has it, without quotes')
  .refine((text) => text.trim() === text, 'no spaces around it')
const table = z.string().regex(/^[^"'`[\].;\0\r\n]{1,128}(\.[^"'`[\].;\0\r\n]{1,128}){0,2}$/, 'NAME or SCHEMA.NAME')
const sql = z.string().min(1).max(20_000)

const read = z.strictObject({
  table: table.optional().describe('The table or view with the records; or `statement`.'),
  statement: sql
    .optional()
    .describe(
      'A SELECT that gives at most :limit rows after (:watermark, :key), ordered by stamp and key; or `table`.',
    ),
  key: name.describe('Column that names a row; unique.'),
  stamp: name
    .optional()
    .describe('Column that says how new a row is. Only an outbox needs none: its key is the order.'),
  columns: z.array(name).min(1).max(1000).optional().describe('The columns to read of the table; all when absent.'),
  beginning: z
    .strictObject({
      watermark: z.string().max(200).describe('The first :watermark.'),
      key: z.string().max(200).describe('The first :key.'),
    })
    .optional()
    .describe('What :watermark and :key of a statement are at first, such as 1900-01-01 and 0.'),
})

const flag = z.strictObject({
  column: name.describe('The column with the flag.'),
  ready: z.string().max(100).describe('Its value while a row waits to be taken.'),
  taken: z.string().max(100).describe('Its value once the row is durable here.'),
  table: table.optional().describe('The table to set it in, where the records are read from a view or by a statement.'),
})

const status = z.strictObject({
  statement: sql
    .optional()
    .describe(
      'An UPDATE that changes exactly one row, with :key, :recordKey, :vin and :coc_status, :coc_ref, :coc_at, :coc_error_code, :coc_error_text, :coc_doc_sha256; or `table`.',
    ),
  table: table.optional().describe('A status table with one row a record (docs/sql.md prints it); or `statement`.'),
  textLength: z.int().min(20).max(1000).default(1000).describe('Longest error text that the column takes.'),
})

const oneOf = (a: unknown, b: unknown): boolean => (a === undefined) !== (b === undefined)

export const sqlConfig = z
  .strictObject({
    dialect: z.enum(dialectNames as [string, ...string[]]).describe('The database.'),
    host: z.string().min(1).max(253).describe('Name or address of its server.'),
    port: z.int().min(1).max(65_535).optional().describe('Its port; the usual one when absent.'),
    database: z.string().min(1).max(200).describe('Name of the database; with Oracle that of the service.'),
    user: z.string().min(1).max(200).describe('Name to log in with. To read, a user that may only read is enough.'),
    password: file.describe('File that holds the password.'),
    tls: z.enum(['verify', 'off']).default('verify').describe('TLS with a certificate for the host, or none at all.'),
    trustAnchors: z
      .array(file)
      .min(1)
      .max(20)
      .optional()
      .describe('Files with the certificates that the server’s may be issued under; those of the system when absent.'),
    read: read.describe('Where the records are.'),
    strategy: z
      .enum(['outbox', 'rowversion', 'timestamp', 'flag'])
      .describe('What says that a row is new: a rising key, a row version, a time of change, or a flag.'),
    flag: flag.optional().describe('The flag that is set once a row is taken; needed by the strategy flag.'),
    status: status.optional().describe('Where the status of a record is put. Nowhere when absent.'),
  })
  .superRefine((c, context) => {
    const say = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message })
    if (!oneOf(c.read.table, c.read.statement)) say(['read'], 'name `table` or `statement`, one of them')
    if (c.read.statement !== undefined) {
      const fault = faultOfRead(c.read.statement, c.strategy === 'flag' ? ['limit'] : ['watermark', 'key', 'limit'])
      if (fault) say(['read', 'statement'], fault)
      if (!c.read.beginning) say(['read', 'beginning'], 'a statement needs to know where to begin')
      if (c.read.columns) say(['read', 'columns'], 'a statement says its columns itself')
      if (c.flag && !c.flag.table) say(['flag', 'table'], 'with a statement, name the table to set the flag in')
    }
    if (c.read.stamp === undefined && c.strategy !== 'outbox')
      say(['read', 'stamp'], 'name the column that changes with a row')
    if (c.strategy === 'flag' && !c.flag) say(['flag'], 'name the flag of the strategy')
    if (c.status && !oneOf(c.status.table, c.status.statement))
      say(['status'], 'name `table` or `statement`, one of them')
    const fault = c.status?.statement === undefined ? undefined : faultOfWrite(c.status.statement)
    if (fault) say(['status', 'statement'], fault)
  })
export type SqlConfig = z.infer<typeof sqlConfig>
