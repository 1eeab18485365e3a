import { css, html, nothing, type TemplateResult } from 'lit'
import { t, type Key } from '../common/i18n.ts'
import type { BudgetLine } from '../data/bases.ts'
import { GwElement } from './gw-element.ts'
import { base, tables } from './styles.ts'

const names: Readonly<Record<string, Key>> = {
  mass: 'budget.mass',
  length: 'budget.length',
  width: 'budget.width',
  height: 'budget.height',
  rearOverhang: 'budget.rearOverhang',
  bodyMass: 'budget.bodyMass',
  AllowedActualMass: 'budget.allowedActualMass',
  AllowedTechnicallyPermissibleMaximumLadenMass: 'budget.allowedLadenMass',
  AllowedFrontalArea: 'budget.allowedFrontalArea',
  AllowedRollingResistance: 'budget.allowedRolling',
  AllowedCrossSectionalAreaAirFrontGrill: 'budget.allowedGrill',
}

/** What is left of a base vehicle before its body is built: mass, axles, dimensions, windows of its emission values. */
export class GwBudget extends GwElement {
  static override properties = { lines: { attribute: false } }
  declare lines: readonly BudgetLine[]
  constructor() {
    super()
    this.lines = []
  }

  static override styles = [
    base,
    tables,
    css`
      th,
      td {
        padding: 7px 12px 7px 0;
      }
      tbody th {
        border-top: 1px solid var(--line);
        color: var(--ink);
        font-weight: 550;
        white-space: normal;
      }
      .left {
        font-weight: 700;
      }
      .gone {
        color: var(--person);
      }
    `,
  ]

  #name({ key, axle }: BudgetLine): string {
    if (key === 'axle') return t('axles.axle', { n: axle ?? 0 })
    const name = names[key]
    return name === undefined ? key : t(name)
  }

  #line(line: BudgetLine): TemplateResult {
    const figure = (text: string | undefined): string => text ?? '–'
    const isGone = line.left !== undefined && Number(line.left) < 0
    return html`<tr>
      <th scope="row">
        ${this.#name(line)} <span class="quiet">${line.unit}</span>
        ${line.by === 'approval' ? html`<span class="quiet"> · ${t('budget.byApproval')}</span>` : nothing}
      </th>
      <td class="whole">${line.item}</td>
      <td class="number">${figure(line.has)}</td>
      <td class="number">${figure(line.least)}</td>
      <td class="number">${figure(line.most)}</td>
      <td class="number left ${isGone ? 'gone' : ''}">${figure(line.left)}</td>
    </tr>`
  }

  override render(): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('budget.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('budget.of')}</th>
            <th scope="col">${t('merged.item')}</th>
            <th class="number" scope="col">${t('budget.has')}</th>
            <th class="number" scope="col">${t('budget.least')}</th>
            <th class="number" scope="col">${t('budget.most')}</th>
            <th class="number" scope="col">${t('budget.left')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.lines.map((line) => this.#line(line))}
        </tbody>
      </table>
    </div>`
  }
}
customElements.define('gw-budget', GwBudget)
