import { test } from 'tap'
import { readAnnouncements } from '../../../gateway/base/read-announcements.ts'
import { isVin, placeOfVin, readVinRange } from '../../../gateway/base/vin-series.ts'
import { scanKindOf } from '../../../gateway/base/scan-kind.ts'

const first = 'EXZCHASS5NL000806'
const last = 'EXZCHASS9NL000999'

test('a range counts the last six characters of one series, whatever the check digit is', async (t) => {
  t.match(readVinRange(`${first} - ${last}`), { serial: '000806', lastSerial: '000999', series: 'EXZCHASSNL' })
  t.match(readVinRange(first.toLowerCase()), { first, last: first })
  t.match(readVinRange(`${last}-${first}`), /comes after/)
  t.match(readVinRange(`${first}-EXZCHASS5NM000999`), /not of one series/)
  t.match(readVinRange('SHORT'), /17 characters/)
  t.match(readVinRange(`${first}-${first}-${first}`), /neither/)
  if (!isVin(first)) return t.fail('it is one')
  t.strictSame(placeOfVin(first), { series: 'EXZCHASSNL', serial: '000806' })
})

test('a VIN has no I, O or Q', async (t) => {
  t.notOk(isVin('EXZCHASSONL000806'))
  t.notOk(isVin(`${first}1`))
})

test('a list of announced vehicles is read with or without header', async (t) => {
  t.strictSame(readAnnouncements(`${first}\r\n${last}\r\n`), { vehicles: [{ vin: first }, { vin: last }], faults: [] })
  t.strictSame(readAnnouncements(`Variant;VIN\nV1;${first}`).vehicles, [{ vin: first, variant: 'V1' }])
  t.match(readAnnouncements(`${first}\nNOPE`).faults, [/Line 2/])
  t.match(readAnnouncements('').faults, [/no vehicle/])
})

test('a scan is known by its bytes, not by its name', async (t) => {
  t.equal(scanKindOf(Buffer.from('%PDF-1.4')), 'application/pdf')
  t.equal(scanKindOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg')
  t.equal(scanKindOf(Buffer.from('MZ')), undefined)
  t.equal(scanKindOf(Buffer.alloc(0)), undefined)
})
