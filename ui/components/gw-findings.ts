import { css, html, nothing, type TemplateResult } from 'lit'
import { driftRow } from '../common/drift-row.ts'
import { t } from '../common/i18n.ts'
import { shortPath } from '../common/text.ts'
import type { Finding } from '../data/trace.ts'
import { GwElement } from './gw-element.ts'
import { base, tables } from './styles.ts'

/** Findings: what is wrong and where; for drift with the figures, measured against expected. */
export class GwFindings extends GwElement {
  static override properties = { findings: { attribute: false } }
  declare findings: readonly Finding[]

  static override styles = [
    base,
    tables,
    css`
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding-left: 10px;
        border-left: 3px solid var(--line-strong);
      }
      li.error {
        border-color: var(--person);
      }
      li.warning {
        border-color: var(--unknown);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
        font-size: 12.5px;
        color: var(--ink-2);
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
      .drift {
        margin-top: 4px;
      }
      .drift table {
        width: auto;
        min-width: min(420px, 100%);
      }
      .drift b {
        font-weight: 650;
      }
    `,
  ]

  #drift(finding: Finding): TemplateResult | typeof nothing {
    const row = driftRow(finding)
    if (!row) return nothing
    const against = row.against === undefined ? t('drift.base') : t(`drift.${row.against}`)
    const percent = (text: string): string => (text === '' ? '–' : `${text} %`)
    return html`<div class="drift scroll" tabindex="0" role="region" aria-label=${t('drift.figures')}>
      <table>
        <tr>
          <th class="number" scope="col">${t('drift.measured')}</th>
          <th class="number" scope="col">${against}</th>
          ${row.against === 'base' ? nothing : html`<th class="number" scope="col">${t('drift.base')}</th>`}
          <th class="number" scope="col">${t('drift.deviation')}</th>
          <th class="number" scope="col">${t('drift.tolerance')}</th>
        </tr>
        <tr>
          <td class="number"><b>${row.measured}</b></td>
          <td class="number">${row.reference}</td>
          ${row.against === 'base' ? nothing : html`<td class="number">${row.base || '–'}</td>`}
          <td class="number"><b>${percent(row.deviation)}</b></td>
          <td class="number">${percent(row.tolerance)}</td>
        </tr>
      </table>
    </div>`
  }

  override render(): TemplateResult {
    return html`<ul>
      ${this.findings.map(
        (f) =>
          html`<li class=${f.severity}>
            <div class="head">
              <span class="severity">${t(`severity.${f.severity}`)}</span>
              <span title=${f.path}>${shortPath(f.path)}</span>
              <span class="mono">${f.code}</span>
            </div>
            <div lang="en">${f.message}</div>
            ${f.layer === 'drift' ? this.#drift(f) : nothing}
          </li>`,
      )}
    </ul>`
  }
}
customElements.define('gw-findings', GwFindings)
