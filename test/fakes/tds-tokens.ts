/** Tokens of TDS as a server sends them ([MS-TDS] 2.2.7). */

export const utf16 = (bytes: Buffer): string => bytes.toString('utf16le')
export const le = (value: number, bytes: number): Buffer => {
  const out = Buffer.alloc(bytes)
  out.writeUIntLE(value, 0, bytes)
  return out
}
/** A text of up to 255 characters after its length. */
export const shortText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')])

/** DONE, DONEPROC or DONEINPROC; status 0x10: the count is one. */
export const done = (token: number, rows: number, status = 0x10): Buffer =>
  Buffer.concat([Buffer.from([token]), le(status, 2), le(0xc1, 2), le(rows, 6), le(0, 2)])

export const failure = (number: number, message: string, severity = 16): Buffer => {
  const text = Buffer.from(message, 'utf16le')
  const state = Buffer.from([1, severity])
  const body = Buffer.concat([
    le(number, 4),
    state,
    le(message.length, 2),
    text,
    shortText('double'),
    shortText(''),
    le(1, 4),
  ])
  return Buffer.concat([Buffer.from([0xaa]), le(body.length, 2), body])
}

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34])
const dayMs = 86_400_000
const yearOne = Date.UTC(2001, 0, 1) - 730_485 * dayMs

/** One type of a column: how it is declared, and how a value of it is written. */
interface TdsType {
  readonly head: Buffer
  write(value: string): Buffer
}

const text: TdsType = {
  head: Buffer.concat([Buffer.from([0xe7]), le(8000, 2), collation]),
  write: (value) => Buffer.concat([le(value.length * 2, 2), Buffer.from(value, 'utf16le')]),
}
const bigint: TdsType = {
  head: Buffer.from([0x26, 8]),
  write(value) {
    const out = Buffer.alloc(9)
    out[0] = 8
    out.writeBigInt64LE(BigInt(value), 1)
    return out
  },
}
/** DATETIME2(7): ticks of 100 ns since midnight in five bytes, days since 0001-01-01 in three. */
const datetime2: TdsType = {
  head: Buffer.from([0x2a, 7]),
  write(value) {
    const [, whole = '', fraction = ''] = /^([\d-]+T[\d:]+)(?:\.(\d+))?$/.exec(value) ?? []
    const ms = Date.parse(`${whole}Z`)
    const ticks = ((ms % dayMs) / 1000) * 1e7 + Number(fraction.padEnd(7, '0'))
    const days = Math.floor((ms - yearOne) / dayMs)
    return Buffer.concat([Buffer.from([8]), le(ticks, 5), le(days, 3)])
  },
}
/** A row version: BINARY(8). */
const rowversion: TdsType = {
  head: Buffer.concat([Buffer.from([0xad]), le(8, 2)]),
  write: (value) => Buffer.concat([le(8, 2), Buffer.from(value.replace(/^0x/, '').padStart(16, '0'), 'hex')]),
}

const none: ReadonlyMap<TdsType, Buffer> = new Map([
  [text, le(0xffff, 2)],
  [bigint, Buffer.from([0])],
  [datetime2, Buffer.from([0])],
  [rowversion, le(0xffff, 2)],
])

/** By the type that SQLite was told. */
const typeOf = (declared: string | null): TdsType => {
  if (/^(bigint|int|integer)/i.test(declared ?? '')) return bigint
  if (/^datetime2/i.test(declared ?? '')) return datetime2
  return /^rowversion/i.test(declared ?? '') ? rowversion : text
}

export const rowSet = (
  columns: readonly { readonly name: string; readonly type: string | null }[],
  rows: readonly (readonly unknown[])[],
): Buffer => {
  const types = columns.map((column) => typeOf(column.type))
  const meta = columns.map((column, i) =>
    Buffer.concat([le(0, 4), le(1, 2), types[i]?.head ?? Buffer.alloc(0), shortText(column.name)]),
  )
  const cells = (row: readonly unknown[]): Buffer[] =>
    types.map((type, i) => {
      const value = row[i]
      return value === null || value === undefined
        ? (none.get(type) ?? Buffer.alloc(0))
        : type.write(typeof value === 'string' ? value : BigInt(value as number | bigint).toString())
    })
  const body = rows.map((row) => Buffer.concat([Buffer.from([0xd1]), ...cells(row)]))
  return Buffer.concat([Buffer.from([0x81]), le(columns.length, 2), ...meta, ...body])
}
