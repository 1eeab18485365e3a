import type { AccessPointControl } from '../flow/delivery/access-point-control.ts'
import type { Io } from './command.ts'

/** Says where an access point stands. */
export const printAccessPoint = async (
  control: AccessPointControl,
  name: string,
  isJson: boolean,
  io: Io,
): Promise<void> => {
  const now = (await control.list()).find((point) => point.name === name)
  if (!now) return
  const { state, until, pause, queued } = now
  if (isJson) {
    io.out(JSON.stringify(now))
    return
  }
  const why = pause ? ` (${pause.by}: ${pause.reason})` : ''
  io.out(`${name}: ${state}${until ? ` until ${until}` : ''}${why}, ${queued} eCoC(s) on their way`)
}
