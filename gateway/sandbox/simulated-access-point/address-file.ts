import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const address = z.object({
  endpoint: z.string(),
  control: z.string(),
  pid: z.number().int().positive(),
  /** Drawn at every start: tells this simulator from another process that got its port or its process id. */
  instance: z.string(),
})
export type SimulatorAddress = z.infer<typeof address>

const fileIn = (dir: string): string => join(dir, 'address.json')

/** Where the simulator of a folder is, or was when it last ran. */
export const readAddress = async (dir: string): Promise<SimulatorAddress | undefined> => {
  try {
    return address.safeParse(JSON.parse(await readFile(fileIn(dir), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Written whole or not at all. */
export const writeAddress = async (dir: string, value: SimulatorAddress): Promise<void> => {
  const temporary = `${fileIn(dir)}.${value.pid}.tmp`
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`)
  await rename(temporary, fileIn(dir))
}

/** The address, if the simulator that wrote it answers there now. */
export const findLiveSimulator = async (dir: string): Promise<SimulatorAddress | undefined> => {
  const known = await readAddress(dir)
  if (!known) return undefined
  try {
    const response = await fetch(`${known.control}/_control/health`, { signal: AbortSignal.timeout(2_000) })
    const health = (await response.json()) as { instance?: unknown }
    return health.instance === known.instance ? known : undefined
  } catch {
    return undefined
  }
}
