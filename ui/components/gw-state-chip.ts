import { css, html, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { toneOf, type EcocState } from '../common/states.ts'
import { GwElement } from './gw-element.ts'
import { toneIcon } from './icons.ts'
import { base } from './styles.ts'

/** A state as colour, shape and word. */
export class GwStateChip extends GwElement {
  static override properties = { state: {} }
  declare state: EcocState

  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
      }
      span {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        padding: 1px 9px 1px 7px;
        border: 1px solid transparent;
        border-radius: 999px;
        font-size: 12.5px;
        font-weight: 550;
        line-height: 20px;
        white-space: nowrap;
      }
      .icon {
        width: 12px;
        height: 12px;
        flex: none;
      }
      .person {
        background: var(--person-bg);
        color: var(--person);
      }
      .unknown {
        background: var(--unknown-bg);
        color: var(--unknown);
      }
      .way {
        background: var(--way-bg);
        color: var(--way);
      }
      .wait {
        background: var(--wait-bg);
        color: var(--wait);
      }
      .good {
        background: var(--good-bg);
        color: var(--good);
      }
      .closed {
        border-color: var(--line);
        color: var(--closed);
      }
    `,
  ]

  override render(): TemplateResult {
    const tone = toneOf(this.state)
    return html`<span class=${tone}>${toneIcon(tone)}${t(`state.${this.state}`)}</span>`
  }
}
customElements.define('gw-state-chip', GwStateChip)
