import { css, html, type TemplateResult } from 'lit'
import { vinParts } from '../common/text.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

/** A VIN whose number stands out. It stays one word: copied, it has no gaps. */
export class GwVin extends GwElement {
  static override properties = { vin: {} }
  declare vin: string

  static override styles = [
    base,
    css`
      :host {
        font-family: var(--mono);
        font-size: 0.95em;
        letter-spacing: 0.01em;
        white-space: nowrap;
      }
      span {
        color: var(--ink-2);
      }
      b {
        color: var(--ink);
        font-weight: 650;
      }
      span + span,
      b {
        margin-left: 0.3em;
      }
    `,
  ]

  override render(): TemplateResult {
    const [maker, description, number] = vinParts(this.vin)
    // Without white space between the parts, so that a copied VIN is whole.
    return html`<span>${maker}</span><span>${description}</span><b>${number}</b>`
  }
}
customElements.define('gw-vin', GwVin)
