import { css, html, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { shortHash } from '../common/text.ts'
import { GwElement } from './gw-element.ts'
import { icons } from './icons.ts'
import { base } from './styles.ts'

/** A hash or id, short, with a button that copies all of it. */
export class GwHash extends GwElement {
  static override properties = { value: {}, copied: { state: true } }
  declare value: string
  declare copied: boolean
  constructor() {
    super()
    this.copied = false
  }

  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 2px;
      }
      button {
        display: inline-grid;
        place-items: center;
        width: 24px;
        height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--ink-2);
        cursor: pointer;
      }
      button:hover {
        color: var(--ink);
      }
      .said {
        font-size: 12px;
      }
    `,
  ]

  override render(): TemplateResult {
    return html`<span class="mono" title=${this.value}>${shortHash(this.value)}</span
      ><button type="button" aria-label=${t('hash.copy')} title=${t('hash.copy')} @click=${() => void this.#copy()}>
        ${icons.copy}</button
      ><span class="said quiet" role="status">${this.copied ? t('hash.copied') : ''}</span>`
  }

  /** Over plain HTTP browsers give no clipboard: then the hash is in the title, and nothing is claimed. */
  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.value)
    } catch {
      return
    }
    this.copied = true
    setTimeout(() => (this.copied = false), 1500)
  }
}
customElements.define('gw-hash', GwHash)
