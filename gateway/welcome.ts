import type { Kind } from './data-folder.ts'
import type { Login } from './first-people.ts'
import type { Store } from './store/store.ts'
import type { Environment } from './support/environment.ts'

export interface WelcomeInput {
  readonly environment: Environment
  readonly port: number
  readonly kind: Kind
  readonly inbox: string
  /** Made just now; shown this once. */
  readonly people: readonly Login[]
}

/** Says where everything is and how to log in. */
export const welcome = (input: WelcomeInput, print: (line: string) => void): void => {
  const { environment, port, kind, inbox, people } = input
  print('')
  print(
    kind === 'sandbox'
      ? 'eCoC Gateway is running on its sandbox: nothing leaves this machine.'
      : 'eCoC Gateway is running.',
  )
  print(`  UI       http://${environment.host === '0.0.0.0' ? 'localhost' : environment.host}:${port}/`)
  for (const { name, password } of people) print(`  log in   ${name} / ${password}   (shown only now)`)
  if (people.length === 0) print('  log in   as before (forgotten? npx ecoc person reset --name admin)')
  if (kind === 'sandbox') print(`  drop     a Sage X3 export into ${inbox}`)
  print(`  data     ${environment.data}`)
  print('  stop     Ctrl-C')
  print('')
}

const told: ReadonlySet<string> = new Set([
  'ecoc.accepted',
  'ecoc.accepted_with_warnings',
  'ecoc.rejected',
  'ecoc.held',
])

/** In the sandbox the terminal shows what becomes of each vehicle. */
export const tellProgress = (store: Store, print: (line: string) => void): (() => void) =>
  store.onCommit((writes) => {
    for (const write of writes) {
      if (write.op !== 'event' || !told.has(write.event.type)) continue
      const { subject, type, detail } = write.event
      void store.ecocs.get(subject as never).then((ecoc) => {
        const mode = ecoc && ecoc.mode !== 'live' ? `${ecoc.mode}: ` : ''
        const why = typeof detail['reason'] === 'string' ? `: ${detail['reason']}` : ''
        print(
          `  ${ecoc?.vin ?? subject}  ${mode}${type.slice(5)}${why}${ecoc?.receipt_reference ? `, receipt ${ecoc.receipt_reference}` : ''}`,
        )
      })
    }
  })
