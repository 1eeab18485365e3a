import { adoptOrStartSimulator, stopSimulator } from './simulated-access-point/adopt-simulator.ts'
import { simulatorFolder } from './sandbox-config.ts'

/** The sandbox's simulated access point: the one that runs already, or a new one. @returns its control address */
export const startSandboxAccessPoint = async (dataFolder: string, pki: string): Promise<string> => {
  const { control } = await adoptOrStartSimulator({ dir: simulatorFolder(dataFolder), pki })
  return control.replace(/\/$/, '')
}

export const stopSandboxAccessPoint = (dataFolder: string): Promise<void> => stopSimulator(simulatorFolder(dataFolder))
