import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { upsert } from '../store/writes.ts'
import type { Store } from '../store/store.ts'
import { sandboxInbox } from './sandbox-config.ts'
import { sampleExport, sampleVin } from './samples/sample-export.ts'

const vehicles = 5

/** On a sandbox's first start: base eCoCs of a few sample vehicles at the access point, and their export in the folder. */
export const seedSandbox = async (dataFolder: string, control: string, store: Store): Promise<void> => {
  if (await store.settings.get('seeded')) return
  const vins = Array.from({ length: vehicles }, (_, i) => sampleVin(i + 1))
  for (const vin of vins)
    await fetch(`${control}/_control/base-ecoc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ vin }),
    })
  const target = join(sandboxInbox(dataFolder), 'first-vehicles.csv')
  await writeFile(`${target}.tmp`, sampleExport(vins))
  await rename(`${target}.tmp`, target)
  await store.commit([upsert('setting', { key: 'seeded', value: 'yes' })])
}
