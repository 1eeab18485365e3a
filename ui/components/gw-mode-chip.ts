import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Mode } from '../data/flows.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

/** How a flow is run, in words. Beside an eCoC `live` says nothing: only what was not delivered is marked. */
export class GwModeChip extends GwElement {
  static override properties = { mode: {}, always: { type: Boolean } }
  declare mode: Mode
  declare always: boolean

  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
      }
      span {
        padding: 1px 9px;
        border: 1px dashed var(--line-strong);
        border-radius: 6px;
        color: var(--ink-2);
        font-size: 12.5px;
        font-weight: 550;
        line-height: 20px;
        white-space: nowrap;
      }
      .live {
        border-style: solid;
        border-color: var(--good);
        color: var(--good);
      }
    `,
  ]

  override render(): TemplateResult | typeof nothing {
    if (this.mode === 'live' && !this.always) return nothing
    return html`<span class=${this.mode}>${t(`mode.${this.mode}`)}</span>`
  }
}
customElements.define('gw-mode-chip', GwModeChip)
