import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { shortPath } from '../common/text.ts'
import type { DriftLine } from '../data/sign-offs.ts'
import { GwElement } from './gw-element.ts'
import { base, tables } from './styles.ts'

const percent = (text: string | null): string => (text === null || text === '' ? '–' : `${text} %`)

/** What drifted, a line each: old, new, expected, limit, deviation, tolerance and the article that it comes from. */
export class GwDriftTable extends GwElement {
  static override properties = { lines: { attribute: false } }
  declare lines: readonly DriftLine[]
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
        padding: 6px 10px 6px 0;
        vertical-align: baseline;
      }
      tbody th {
        min-width: 170px;
        padding-left: 10px;
        border-top: 1px solid var(--line-strong);
        color: var(--ink);
        font-weight: 600;
        white-space: normal;
      }
      tbody td {
        border-top-color: var(--line-strong);
      }
      .why td {
        padding: 0 10px 10px;
        border-top: 0;
      }
      tbody.warning th,
      tbody.warning .why td {
        box-shadow: inset 3px 0 var(--unknown);
      }
      tbody.error th,
      tbody.error .why td {
        box-shadow: inset 3px 0 var(--person);
      }
      .new {
        font-size: 15px;
        font-weight: 700;
      }
      .severity {
        font-weight: 650;
      }
      .error .severity {
        color: var(--person);
      }
      .warning .severity {
        color: var(--unknown);
      }
      .over {
        color: var(--person);
        font-weight: 700;
      }
      .code {
        margin-left: 6px;
      }
    `,
  ]

  #line(line: DriftLine): TemplateResult {
    const { label, element, path, unit, code, severity, message, tolerance, deviation } = line
    const isBeyond =
      deviation !== null && tolerance !== null && Math.abs(Number(deviation)) > Math.abs(Number(tolerance))
    const figure = (text: string | null): string => (text === null || text === '' ? '–' : text)
    return html`<tbody class=${severity}>
      <tr>
        <th scope="row">
          ${label ?? element ?? shortPath(path)}${unit === null ? nothing : html` <span class="quiet">${unit}</span>`}
        </th>
        <td class="number">${figure(line.base)}</td>
        <td class="number new">${figure(line.measured)}</td>
        <td class="number">${figure(line.expected)}</td>
        <td class="number">${figure(line.limit)}</td>
        <td class="number ${isBeyond ? 'over' : ''}">${percent(deviation)}</td>
        <td class="number">${percent(tolerance)}</td>
      </tr>
      <tr class="why">
        <td colspan="7">
          <span class="severity">${t(`severity.${severity}`)}</span> · <span lang="en">${message}</span>
          <span class="quiet"
            >${line.article === null ? nothing : html` · <span lang="en">${line.article}</span>`}<span class="mono code"
              >${code}</span
            ></span
          >
        </td>
      </tr>
    </tbody>`
  }

  override render(): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('drift.figures')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('signoff.what')}</th>
            <th class="number" scope="col">${t('signoff.old')}</th>
            <th class="number" scope="col">${t('signoff.new')}</th>
            <th class="number" scope="col">${t('drift.expected')}</th>
            <th class="number" scope="col">${t('drift.limit')}</th>
            <th class="number" scope="col">${t('drift.deviation')}</th>
            <th class="number" scope="col">${t('drift.tolerance')}</th>
          </tr>
        </thead>
        ${this.lines.map((line) => this.#line(line))}
      </table>
    </div>`
  }
}
customElements.define('gw-drift-table', GwDriftTable)
