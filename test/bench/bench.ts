import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { benchCheck, type CheckFigures, type CheckRate } from './check.ts'
import { benchCore, type CoreFigures } from './core.ts'
import { benchFlow, type FlowFigures } from './flow.ts'
import { benchIntake, type IntakeFigures } from './intake.ts'
import { machineLine, readMachine } from './machine.ts'
import { benchMap, type MapFigures } from './map.ts'
import { benchSign, type SignFigures } from './sign.ts'
import { figure, type Line, table } from './table.ts'
import { benchToken, type TokenFigures } from './token.ts'

const line = (what: string, ours: string, peer = '', note = ''): Line => ({ what, ours, peer, note })
const parts = (of: Readonly<Record<string, number>>): Line[] =>
  Object.entries(of).map(([name, ms]) => line(`  ${name}`, figure(ms, 'ms')))

const coreLines = (f: CoreFigures): Line[] => [
  line(
    'core: CPU per eCoC',
    figure(f.cpuMsPerEcoc, 'ms'),
    figure(f.rsaMs, 'ms'),
    'peer: one bare RSA-2048, sync; stages below each alone, with warmer caches',
  ),
  line('  ratio to RSA', figure(f.ratioToRsa), '1', `on the thread pool RSA is ${figure(f.rsaPoolMs, 'ms')}`),
  ...parts(f.cpuMsByStage),
]
const signLines = (f: SignFigures): Line[] => [
  line('sign: documents', figure(f.perSecond, '/s'), '', `${figure(f.documentBytes / 1000, 'KB')} each, 4 under way`),
  line('  ratio to RSA', figure(f.ratioToRsa), '1', `wall; CPU ${figure(f.cpuRatioToRsa)}`),
  line('  own share, RSA apart', figure(f.ownShare), '', 'of the CPU time of signing; limit 0.15'),
  line(
    '  bare RSA-2048, one core',
    figure(f.rsaPerSecond, '/s'),
    figure(f.opensslPerSecond ?? NaN, '/s'),
    'node:crypto; peer: openssl speed',
  ),
  line('  others, same documents', '', figure(f.xmlCryptoPerSecond, '/s'), 'xml-crypto, plain enveloped signature'),
  line('', '', figure(f.xmlsecPerSecond ?? NaN, '/s'), 'xmlsec1, one process for all files'),
]
const tokenLines = (f: TokenFigures): Line[] => [
  line(
    `token: signatures, ${f.sessions} sessions`,
    figure(f.perSecond, '/s'),
    figure(f.barePerSecond, '/s'),
    f.skipped ?? 'SoftHSM; peer: a bare PKCS#11 loop',
  ),
  line('  ratio to the bare loop', figure(f.ratioToBare), '0.9', `CPU ${figure(f.cpuRatioToBare)}, both our processes`),
  line('  documents signed by it', figure(f.documentsPerSecond, '/s'), '', 'the documents of sign'),
  line('  token of 20 ms, 8 sessions', figure(f.slow.perSecond, '/s'), figure(400, '/s')),
  line(
    '  event-loop delay p99',
    figure(f.slow.loopDelayP99Ms, 'ms'),
    figure(5, 'ms'),
    `idle: ${figure(f.slow.idleP99Ms, 'ms')}`,
  ),
]
const rateLine = (what: string, { perSecond, perSecondPerCore, ratioToXmllint = NaN }: CheckRate): Line =>
  line(what, figure(perSecond, '/s'), '', `${figure(perSecondPerCore, '/s')} per core; ratio ${figure(ratioToXmllint)}`)
const checkLines = (f: CheckFigures): Line[] => [
  line(
    'check: files',
    figure(f.perSecond, '/s'),
    figure(f.xmllintPerSecond ?? NaN, '/s'),
    f.skipped ?? 'peer: one xmllint',
  ),
  line(
    '  ratio to xmllint',
    figure(f.ratioToXmllint ?? NaN),
    '1',
    `${f.workers} threads; ${figure(f.cpuMsPerDocument, 'ms')} CPU each`,
  ),
  line(
    '  cold, workers and schema in it',
    figure(f.coldPerSecond, '/s'),
    '',
    `ratio ${figure(f.coldRatioToXmllint ?? NaN)}`,
  ),
  rateLine('  content rules alone, reading included', f.rules),
  rateLine('  schema and rules', f.both),
]
const intakeLines = (f: IntakeFigures): Line[] => [
  line('intake: rows', figure(f.rowsPerSecond, '/s'), figure(f.csvParseRowsPerSecond, '/s'), 'peer: bare csv-parse'),
  line(
    '  ratio to csv-parse',
    figure(f.ratioToCsvParse),
    '1',
    `${figure(f.cpuMsPerRow, 'ms')} CPU a row, store included`,
  ),
  line('  peak memory', figure(f.peakRssMb, 'MB'), figure(256, 'MB'), `VmHWM, ${figure(f.fileMb, 'MB')} file`),
  line(
    '  rows taken',
    figure(f.rows),
    figure(f.rowsInFile),
    f.rows < f.rowsInFile ? 'the time was up before the end' : '',
  ),
  line(
    '  rows of XML',
    figure(f.xml.rowsPerSecond, '/s'),
    '',
    `${figure(f.xml.rows)} of ${figure(f.xml.rowsInFile)} taken`,
  ),
  line(
    '  peak memory',
    figure(f.xml.peakRssMb, 'MB'),
    figure(256, 'MB'),
    `VmHWM, ${figure(f.xml.fileMb, 'MB')} file of XML`,
  ),
]
const mapLines = (f: MapFigures): Line[] => [
  line(
    `map: CPU per vehicle of ${f.elements} elements`,
    figure(f.cpuMsPerVehicle, 'ms'),
    figure(f.jsonParseMs, 'ms'),
    `peer: JSON.parse of its record; compiled in ${figure(f.compileMs, 'ms')}`,
  ),
  line(
    `  ${figure(f.csv.rows)} rows of CSV mapped`,
    figure(f.csv.rowsPerSecond, '/s'),
    '',
    `peak ${figure(f.csv.peakRssMb, 'MB')}, at a tenth of the rows ${figure(f.csv.peakRssMbAtTenth, 'MB')}`,
  ),
]
const flowLines = (f: FlowFigures): Line[] => [
  line(
    'flow: drop to accepted',
    figure(f.perSecond, '/s'),
    '',
    `${f.vehicles} vehicles, ${figure(f.dropToLastS, 's')} from the drop on`,
  ),
  line('  latency p50, p99', `${figure(f.p50Ms)}, ${figure(f.p99Ms)} ms`, '', 'received to accepted, all at once'),
  line(
    `  at a steady ${f.steady.offered}/s`,
    `${figure(f.steady.p50Ms)}, ${figure(f.steady.p99Ms)} ms`,
    '',
    `dropped to accepted, ${f.steady.seconds} s long, two polls of a second included`,
  ),
  line(
    '  CPU per eCoC',
    figure(f.cpuMsPerEcoc, 'ms'),
    '',
    `the access point beside it: ${figure(f.simulatorCpuMsPerEcoc, 'ms')}`,
  ),
  ...parts(f.cpuMsByStage),
]

/** Each part, and how its figures are printed. A new figure is one more line here. */
const benches = {
  core: async (quick: boolean) => {
    const figures = await benchCore(quick)
    return { figures, lines: coreLines(figures) }
  },
  sign: async (quick: boolean) => {
    const figures = await benchSign(quick)
    return { figures, lines: signLines(figures) }
  },
  token: async (quick: boolean) => {
    const figures = await benchToken(quick)
    return { figures, lines: tokenLines(figures) }
  },
  check: async (quick: boolean) => {
    const figures = await benchCheck(quick)
    return { figures, lines: checkLines(figures) }
  },
  intake: async (quick: boolean) => {
    const figures = await benchIntake(quick)
    return { figures, lines: intakeLines(figures) }
  },
  map: async (quick: boolean) => {
    const figures = await benchMap(quick)
    return { figures, lines: mapLines(figures) }
  },
  flow: async (quick: boolean) => {
    const figures = await benchFlow(quick)
    return { figures, lines: flowLines(figures) }
  },
}
type Name = keyof typeof benches
const names = Object.keys(benches) as Name[]

const usage = `usage: npm run bench -- [--quick] [--json FILE] [--only ${names.join(',')}]`

const chosen = (only: string | undefined): Name[] => {
  const wanted = only === undefined ? names : only.split(',')
  const unknown = wanted.find((name) => !names.includes(name as Name))
  if (unknown === undefined) return names.filter((name) => wanted.includes(name))
  console.error(`There is no figure "${unknown}".\n${usage}`)
  process.exit(2)
}

const readOptions = (): { quick: boolean; json: string | undefined; only: string | undefined } => {
  try {
    const string = { type: 'string' } as const
    const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: string, only: string } })
    return { quick: values.quick ?? false, json: values.json, only: values.only }
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`)
    process.exit(2)
  }
}

const { quick, json, only } = readOptions()
const wanted = chosen(only)
const machine = readMachine()
console.log(machineLine(machine))
const result: Record<string, unknown> = { machine, quick, at: new Date().toISOString() }
const lines: Line[] = []
for (const name of wanted) {
  const begun = performance.now()
  const { figures, lines: own } = await benches[name](quick)
  result[name] = figures
  lines.push(...own)
  console.error(`${name} took ${((performance.now() - begun) / 1000).toFixed(0)} s`)
}
console.log(table(lines))
if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`)
// Workers of the checks and agents of HTTP may still hold the process.
process.exit(0)
