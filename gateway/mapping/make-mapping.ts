import type { Finding } from '../contract/finding.ts'
import type { RecordFields, VehicleModel } from '../contract/flow.ts'
import type { Vin } from '../contract/ids.ts'
import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { Cell, type DraftGroup, finishDraft } from './draft.ts'
import type { MappingInput, MappingResult } from './mapper.ts'
import type { MapperFile } from './mapper-format.ts'
import { fieldPath, textAt } from './record-field.ts'
import type { Configurator } from './configurator/configurator.ts'
import type { Constants } from './constants.ts'
import type { Compiled, Evaluate, Run } from './sources/source.ts'
import { keepOnForm } from './keep-on-form.ts'
import { takeOver, type TakeRule } from './take.ts'
import { parentsOf, place, type Target } from './target.ts'

export interface Entry {
  readonly target: Target
  readonly evaluation: Compiled
}
export interface MappingPlan {
  /** Of IVI, as in IviVersionNumberXsd. */
  readonly release: string
  /** In the order in which they are evaluated. */
  readonly entries: readonly Entry[]
  readonly facts: readonly { readonly name: string; readonly evaluate: Evaluate }[]
  readonly gates: NonNullable<MapperFile['gate']>
  readonly takeBase: TakeRule | undefined
  readonly takeApproval: TakeRule | undefined
  readonly base: 'required' | 'optional' | 'none'
  readonly approvalNeeded: boolean
  readonly constants: Constants
  readonly configurator: Configurator | undefined
  readonly precheck: (fields: RecordFields) => readonly Finding[]
}

const finding = (code: string, path: string, message: string, params?: Record<string, string>): Finding => ({
  code,
  layer: 'mapping',
  severity: 'error',
  path,
  message,
  ...(params ? { params } : {}),
})

const at = (tree: IviTree, ...names: string[]): IviNode | undefined => {
  let node: IviNode | undefined = tree
  for (const name of names) {
    if (typeof node !== 'object' || Array.isArray(node)) return undefined
    node = node[name]
  }
  return node
}
const text = (node: IviNode | undefined): string | undefined => (typeof node === 'string' ? node : undefined)

/** The maker of this stage is the row of the highest stage number (IVI user manual, stages). */
const lastStage = (tree: IviTree): { readonly stage: number; readonly manufacturer: string } => {
  const rows = at(tree, 'CocDataGroup', 'ManufacturerTable', 'ManufacturerGroup')
  let last = { stage: 1, manufacturer: '' }
  for (const row of Array.isArray(rows) ? rows : []) {
    const stage = Number(row['ManufacturerStageNumber'])
    if (stage >= last.stage) last = { stage, manufacturer: text(row['ManufacturerName']) ?? '' }
  }
  return last
}

const apply = ({ target, evaluation }: Entry, run: Run): void => {
  if (evaluation.one) {
    const node = evaluation.one(run)
    if (node !== undefined) place(run.draft, target, node)
    return
  }
  const name = target.element.name
  const parents = parentsOf(run.draft, target)
  const cells = evaluation.rows(run, parents.length)
  for (const [i, parent] of parents.entries()) {
    const cell = cells?.[i]
    if (cell) parent[name] = cell
    else if (cell === null) Reflect.deleteProperty(parent, name)
  }
}

/** Puts a compiled mapper together: base, then approval over it, then the mapped elements, then the rules that read them. */
export const makeMapping = (plan: MappingPlan): ((input: MappingInput) => MappingResult) => {
  const gates = plan.gates.map((gate) => ({ ...gate, steps: fieldPath(gate.field) }))
  return ({ fields: record, approval, base, settings, lookups = {} }) => {
    const fields = plan.configurator ? plan.configurator.extend(record) : record
    const findings: Finding[] = [...plan.precheck(record)]
    for (const gate of gates) {
      const value = textAt(fields, gate.steps)
      if (value !== gate.equals)
        findings.push(finding(gate.code, gate.field, gate.message, { field: gate.field, value: value.slice(0, 60) }))
    }
    if (plan.base === 'required' && !base)
      findings.push(finding('MAP-110', '/', 'The base eCoC of this vehicle is missing; the vehicle is built on it.'))
    // A configuration that resolves to nothing has said so.
    if (plan.approvalNeeded && !approval && findings.every((f) => f.code !== 'MAP-121' && f.code !== 'MAP-122'))
      findings.push(
        finding(
          'MAP-111',
          '/',
          'There is no type-approval master data for this type, variant and version on the day of manufacture.',
        ),
      )

    const draft: DraftGroup = {}
    if (base && plan.takeBase) takeOver(draft, base.tree, 'base', plan.takeBase)
    if (approval && plan.takeApproval) takeOver(draft, approval.values, 'approval', plan.takeApproval)
    const run: Run = {
      fields,
      record: fields,
      prefix: '',
      approval,
      base: base?.tree,
      settings,
      lookups,
      constant: plan.constants(() => run),
      draft,
      report: (f) => findings.push(f),
    }
    for (const entry of plan.entries) apply(entry, run)
    if (base && plan.takeBase) keepOnForm(draft)
    const header = draft['Header']
    draft['Header'] = {
      ...(header instanceof Cell || Array.isArray(header) ? {} : header),
      IviVersionNumberXsd: new Cell(plan.release, 'engine'),
      IviVersionNumber: new Cell(settings['version'] ?? '1', 'engine'),
    }
    const facts: Record<string, string> = {}
    for (const { name, evaluate } of plan.facts) {
      const node = evaluate(run)
      if (node instanceof Cell) facts[name] = node.value
    }

    const { tree, provenance } = finishDraft(draft)
    const vin = text(at(tree, 'CocDataGroup', 'VehicleIdentificationNumber')) ?? ''
    const baseVin = base && text(at(base.tree, 'CocDataGroup', 'VehicleIdentificationNumber'))
    if (baseVin !== undefined && vin !== '' && baseVin !== vin)
      findings.push(
        finding('MAP-115', '/', `The base eCoC is that of ${baseVin}, the record that of ${vin}.`, {
          base: baseVin,
          record: vin,
        }),
      )
    if (findings.some((f) => f.severity === 'error'))
      return { model: undefined, findings, partial: { tree, provenance } }
    const destination = text(at(tree, 'Header', 'IntendedCountryRegistration'))
    const model: VehicleModel = { vin: vin as Vin, ...lastStage(tree), destination, tree, provenance, facts }
    return { model, findings }
  }
}
