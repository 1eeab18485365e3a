import { adoptOrStartSimulator, stopSimulator } from './simulated-access-point/adopt-simulator.ts'
import { existsSync } from 'node:fs'
import { sandboxPki } from './sandbox-pki.ts'
import { simulatorFolder } from './sandbox-config.ts'

/** The sandbox's simulated access point: the one that runs already, or a new one. @returns its control address */
export const startSandboxAccessPoint = async (dataFolder: string, pki: string): Promise<string> => {
  const { control } = await adoptOrStartSimulator({ dir: simulatorFolder(dataFolder), pki })
  return control.replace(/\/$/, '')
}

export const stopSandboxAccessPoint = (dataFolder: string): Promise<void> => stopSimulator(simulatorFolder(dataFolder))

const lookEveryMs = 5_000

/** Brings the simulated access point back when it died; it keeps its address and all it accepted. @returns stops looking */
export const keepSandboxAccessPoint = (dataFolder: string): (() => void) => {
  const timer = setInterval(() => {
    // Whoever removed its folder wanted it to end.
    if (!existsSync(simulatorFolder(dataFolder))) return
    // Not brought back now, it is looked for again; /healthz says that it is missing.
    sandboxPki(dataFolder)
      .then((pki) => startSandboxAccessPoint(dataFolder, pki))
      .catch(() => undefined)
  }, lookEveryMs)
  return () => clearInterval(timer)
}
