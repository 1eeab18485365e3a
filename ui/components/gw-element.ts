import { LitElement } from 'lit'
import { onLanguage } from '../common/i18n.ts'

/** What every component is: drawn anew when the language changes. */
export class GwElement extends LitElement {
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = onLanguage(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }
}
