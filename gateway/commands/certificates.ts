import { CertificateKeeper } from '../certificates/certificate-keeper.ts'
import type { CertificateRegister, RegisteredCertificate } from '../certificates/register.ts'
import type { OpenData } from '../data-folder.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = `certificates list [--json]
       ecoc certificates prepare ACCESS-POINT --certificate FILE --key FILE --from TIME`
const string = { type: 'string' } as const
const options = { json: { type: 'boolean' }, certificate: string, key: string, from: string } as const

const show = ({ certificates, problems }: CertificateRegister, io: Io): void => {
  for (const { subject, uses, usedBy, notAfter, daysLeft, state, next, quality, preparedFrom } of certificates) {
    const left = state === 'valid' ? `${daysLeft} days left` : state.toUpperCase().replaceAll('-', ' ')
    const when = preparedFrom === null ? '' : `, prepared: takes over on ${preparedFrom}`
    io.out(`${notAfter.slice(0, 10)}  ${left}  ${uses.join('+')} of ${usedBy.join(', ')}${when}`)
    if (quality) io.out(`  ${quality.quality}: ${quality.why.join(' ')}`)
    io.out(`  ${subject}${next ? `; from ${next.from} on another one is prepared` : ''}`)
  }
  for (const { use, usedBy, from, problem } of problems) io.out(`NOT READ  ${use} of ${usedBy}, ${from}: ${problem}`)
}

const timeForm = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/
const timeOf = (text: string): Date => {
  const time = timeForm.test(text) ? new Date(text) : new Date(NaN)
  if (Number.isNaN(time.getTime())) throw usageError('--from is a day or a time in UTC, 2027-03-01T06:00Z.', usage)
  return time
}

/** One that is only prepared may be for later. */
const isNotGood = ({ state, preparedFrom }: RegisteredCertificate): boolean =>
  state === 'expired' || (state === 'not-yet-valid' && preparedFrom === null)

/** Shows all certificates, and prepares the one that follows a client certificate. */
const command: Command = {
  where: 'data',
  summary: 'all certificates with the days they have left; prepares the next client certificate',
  usage,
  async run(argv, io, { tools }: OpenData) {
    const { values, positionals } = parse(argv, options, usage)
    const [verb, point, ...more] = positionals
    const keeper = new CertificateKeeper(tools)
    if (verb === 'list' && point === undefined) {
      const register = await keeper.register()
      if (values.json) io.out(JSON.stringify(register))
      else show(register, io)
      return register.problems.length > 0 || register.certificates.some(isNotGood) ? exit.no : exit.yes
    }
    const { certificate, key, from } = values
    if (verb !== 'prepare' || point === undefined || more.length > 0) throw usageError('Say list or prepare.', usage)
    if (certificate === undefined || key === undefined || from === undefined)
      throw usageError('Name --certificate, --key and --from.', usage)
    await keeper.prepareTls(point, { certificate, key }, timeOf(from), 'command line')
    io.out(`From ${timeOf(from).toISOString()} on, ${point} is called with ${certificate}.`)
    return exit.yes
  },
}
export default command
