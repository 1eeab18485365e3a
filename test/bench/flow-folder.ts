import { readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sampleExport } from '../../gateway/sandbox/samples/sample-export.ts'
import { eachOf } from './measure.ts'

const receipts = async (inbox: string): Promise<number> =>
  (await readdir(inbox)).filter((name) => name.endsWith('.receipt.json')).length

export const waitForReceipts = async (inbox: string, count: number, limitMs: number): Promise<void> => {
  const until = Date.now() + limitMs
  for (let there = 0; there < count; there = await receipts(inbox)) {
    if (Date.now() > until) throw new Error(`only ${there} of ${count} receipts came within ${limitMs / 1000} s`)
    await wait(100)
  }
}

/** Whole or not at all, as an export should come. */
export const drop = async (inbox: string, name: string, vins: readonly string[]): Promise<void> => {
  await writeFile(join(inbox, `${name}.tmp`), sampleExport(vins))
  await rename(join(inbox, `${name}.tmp`), join(inbox, name))
}

/** Makes the base eCoCs of the vehicles retrievable at the simulated access point. */
export const teachBases = (control: string, vins: readonly string[]): Promise<void> =>
  eachOf(vins, 4, async (vin) => {
    const url = `${control}/_control/base-ecoc`
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ vin }) })
    if (answer.status !== 201) throw new Error(`the base eCoC of ${vin} was refused: ${await answer.text()}`)
    await answer.arrayBuffer()
  })
