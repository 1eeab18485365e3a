import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { toneOf } from '../common/states.ts'
import type { EcocItem } from '../data/ecocs.ts'
import { GwElement } from './gw-element.ts'
import './gw-mode-chip.ts'
import './gw-state-chip.ts'
import './gw-time.ts'
import './gw-vin.ts'
import { base } from './styles.ts'
import { tableStyles } from './gw-ecoc-table-styles.ts'

const addressOf = (item: EcocItem): string => hashOf({ page: 'ecoc', id: item.id })

/** True while somebody types: then letters are letters. */
const isTyping = (event: KeyboardEvent): boolean => {
  const target = event.composedPath()[0]
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}

/** The list of eCoCs. `j` and `k` go down and up, Enter opens; a row can be clicked anywhere. */
export class GwEcocTable extends GwElement {
  static override properties = { items: { attribute: false }, fresh: { attribute: false } }
  declare items: readonly EcocItem[]
  /** Ids of rows that have just come: they slide in. */
  declare fresh: ReadonlySet<string>

  static override styles = [base, tableStyles]

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
    if (event.key !== 'j' && event.key !== 'k') return
    const links = [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('tbody a')]
    const at = links.findIndex((link) => link === this.shadowRoot?.activeElement)
    const next = at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)
    links[Math.max(0, Math.min(links.length - 1, next))]?.focus()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('keydown', this.#onKey)
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('keydown', this.#onKey)
  }

  /** What a row waits for: its reason, or what its state means; for an accepted one the reference it got. */
  #why(item: EcocItem): TemplateResult {
    if (item.reason !== null)
      return html`<div class="reason" lang="en" title=${item.reason}>${item.reason}</div>
        ${item.nextStep === null ? nothing : html`<div class="next" lang="en" title=${item.nextStep}>${item.nextStep}</div>`}`
    if (item.receiptReference !== null && toneOf(item.state) === 'good')
      return html`<span class="mono quiet">${item.receiptReference}</span>`
    return html`<span class="quiet">${t(`waits.${item.state}`)}</span>`
  }

  #row(item: EcocItem): TemplateResult {
    const classes = `${toneOf(item.state)} ${this.fresh.has(item.id) ? 'fresh' : ''}`
    return html`<tr class=${classes} @click=${(e: MouseEvent) => this.#open(e, item)}>
      <td>
        <a href=${addressOf(item)} aria-label=${item.vin}><gw-vin .vin=${item.vin}></gw-vin></a>
        ${item.version > 1 ? html`<span class="version">${t('list.version', { n: item.version })}</span>` : nothing}
      </td>
      <td><gw-state-chip .state=${item.state}></gw-state-chip> <gw-mode-chip .mode=${item.mode}></gw-mode-chip></td>
      <td class="why">${this.#why(item)}</td>
      <td class="mapper">${item.mapper}</td>
      <td class="point">${item.accessPoint ?? '–'}</td>
      <td class="time"><gw-time .at=${item.updatedAt}></gw-time></td>
    </tr>`
  }

  #open(event: MouseEvent, item: EcocItem): void {
    // A click that selects text, or on the link itself, is left alone.
    const onLink = event.composedPath().some((n) => n instanceof HTMLAnchorElement)
    if (onLink || event.button !== 0 || (getSelection()?.toString() ?? '') !== '') return
    location.hash = addressOf(item)
  }

  override render(): TemplateResult {
    return html`<table>
      <caption class="visually-hidden">
        ${t('list.title')}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="vin-column">${t('list.vin')}</th>
          <th scope="col" class="state-column">${t('list.state')}</th>
          <th scope="col">${t('list.why')}</th>
          <th scope="col" class="mapper">${t('list.mapper')}</th>
          <th scope="col" class="point">${t('list.accessPoint')}</th>
          <th scope="col" class="time">${t('list.updated')}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          this.items,
          (item) => item.id,
          (item) => this.#row(item),
        )}
      </tbody>
    </table>`
  }
}
customElements.define('gw-ecoc-table', GwEcocTable)
