import { readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { Tools } from '../flow/tools.ts'
import type { HealthCheck, HealthResult } from './health-check.ts'

const folder = new URL('./checks/', import.meta.url)

const load = async (): Promise<HealthCheck[]> => {
  const files = readdirSync(folder)
    .filter((f) => extname(f) === extname(import.meta.url))
    .sort()
  return Promise.all(
    files.map(async (f) => ((await import(new URL(f, folder).href)) as { default: HealthCheck }).default),
  )
}

/** Runs every check there is. A check that fails itself is a finding, never an end. */
export const runChecks = async (tools: Tools): Promise<HealthResult[]> => {
  const results: HealthResult[] = []
  for (const one of await load()) {
    const { check } = one
    try {
      for (const { about, ...finding } of await one.run(tools))
        results.push({ check: about ? `${check}: ${about}` : check, ...finding })
    } catch (error) {
      results.push({ check, ok: false, issue: (error as Error).message, suggestion: 'Look at the log.' })
    }
  }
  return results
}
