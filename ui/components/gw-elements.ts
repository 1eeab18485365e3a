import { css, html, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { shortPath } from '../common/text.ts'
import type { MappedElement } from '../data/trace.ts'
import { GwElement } from './gw-element.ts'
import { base, inputs, tables } from './styles.ts'

/** The elements of a vehicle as mapped: where each value came from. Filtered by any part of path, value or source. */
export class GwElements extends GwElement {
  static override properties = { elements: { attribute: false }, filter: { state: true } }
  declare elements: readonly MappedElement[]
  declare filter: string
  constructor() {
    super()
    this.filter = ''
  }

  static override styles = [
    base,
    inputs,
    tables,
    css`
      .bar {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 6px;
      }
      .bar input {
        max-width: 280px;
      }
      .scroll {
        max-height: 420px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 6px;
      }
      th {
        position: sticky;
        top: 0;
        background: var(--surface);
      }
      th,
      td {
        padding-left: 12px;
      }
      .source {
        color: var(--ink-2);
      }
    `,
  ]

  override render(): TemplateResult {
    const wanted = this.filter.trim().toLowerCase()
    const rows = this.elements.filter((e) => `${e.path}\n${e.value}\n${e.source ?? ''}`.toLowerCase().includes(wanted))
    return html`<div class="bar">
        <input
          type="search"
          aria-label=${t('elements.filter')}
          placeholder=${t('elements.filter')}
          .value=${this.filter}
          @input=${(e: InputEvent) => (this.filter = (e.target as HTMLInputElement).value)}
        />
        <span class="quiet" role="status">${t('elements.count', { n: rows.length, all: this.elements.length })}</span>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('elements.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('elements.source')}</th>
              <th scope="col">${t('elements.element')}</th>
              <th scope="col">${t('elements.value')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (e) =>
                html`<tr>
                  <td class="mono source">${e.source ?? '–'}</td>
                  <td title=${e.path}>${shortPath(e.path)}</td>
                  <td class="mono">${e.value}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }
}
customElements.define('gw-elements', GwElements)
