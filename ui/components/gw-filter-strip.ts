import { css, html, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { states, toneOf, type EcocState } from '../common/states.ts'
import { GwElement } from './gw-element.ts'
import { toneIcon } from './icons.ts'
import { base } from './styles.ts'

/** The counts by state, as the filter of the list. Fires `gw-filter` (it bubbles) with the state, or undefined for all. */
export class GwFilterStrip extends GwElement {
  static override properties = { counts: { attribute: false }, total: { type: Number }, selected: {} }
  declare counts: Readonly<Partial<Record<EcocState, number>>>
  declare total: number
  declare selected: EcocState | undefined

  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: 7px;
        min-height: 32px;
        padding: 3px 12px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--surface);
        color: var(--ink);
        font: inherit;
        cursor: pointer;
      }
      button:hover {
        border-color: var(--line-strong);
      }
      button[aria-pressed='true'] {
        border-color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--ink);
      }
      b {
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .icon {
        display: block;
      }
      .person {
        color: var(--person);
      }
      .unknown {
        color: var(--unknown);
      }
      .way {
        color: var(--way);
      }
      .good {
        color: var(--good);
      }
      .wait,
      .closed {
        color: var(--wait);
      }
    `,
  ]

  #button(state: EcocState | undefined, count: number): TemplateResult {
    const tone = state === undefined ? undefined : toneOf(state)
    return html`<button
      type="button"
      aria-pressed=${this.selected === state ? 'true' : 'false'}
      @click=${() => this.#choose(state)}
    >
      ${tone === undefined ? '' : html`<span class=${tone}>${toneIcon(tone)}</span>`}
      <span>${state === undefined ? t('filter.all') : t(`state.${state}`)}</span><b>${count}</b>
    </button>`
  }

  override render(): TemplateResult {
    const there = states.filter((s) => (this.counts[s] ?? 0) > 0 || s === this.selected)
    return html`<div role="group" aria-label=${t('filter.title')}>
      ${this.#button(undefined, this.total)}${there.map((s) => this.#button(s, this.counts[s] ?? 0))}
    </div>`
  }

  #choose(state: EcocState | undefined): void {
    // Pressed again, a filter is taken away.
    const detail = state === this.selected ? undefined : state
    this.dispatchEvent(new CustomEvent('gw-filter', { detail, bubbles: true, composed: true }))
  }
}
customElements.define('gw-filter-strip', GwFilterStrip)
