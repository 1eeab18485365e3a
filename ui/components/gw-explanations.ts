import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { language, onLanguage, t } from '../common/i18n.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { explainReceipt, type Explanation } from '../data/rejections.ts'
import './gw-explanation.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import { base } from './styles.ts'

/** Every message of the newest receipt of an eCoC, in plain words. Nothing where it has none. */
export class GwExplanations extends GwElement {
  static override properties = { ecoc: {}, stamp: {}, messages: { state: true }, problem: { state: true } }
  declare ecoc: string
  /** Changes when the eCoC does. */
  declare stamp: string
  declare messages: readonly Explanation[] | undefined
  declare problem: ApiProblem | undefined
  #stop: (() => void) | undefined

  static override styles = [
    base,
    css`
      section {
        display: grid;
        gap: 12px;
        margin-bottom: 16px;
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
      }
      h2 {
        font-size: 15px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = onLanguage(() => void this.#load())
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ecoc') || changed.has('stamp')) void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.ecoc
    try {
      const messages = await explainReceipt(id, language())
      if (id === this.ecoc) this.messages = messages
    } catch (error) {
      if (id === this.ecoc) this.problem = problemOf(error)
    }
  }

  override render(): TemplateResult | typeof nothing {
    if (this.problem) return html`<gw-problem .problem=${this.problem}></gw-problem>`
    if (!this.messages?.length) return nothing
    return html`<section aria-labelledby="said">
      <h2 id="said">${t('rejection.explained')}</h2>
      ${this.messages.map((e) => html`<gw-explanation .explanation=${e}></gw-explanation>`)}
    </section>`
  }
}
customElements.define('gw-explanations', GwExplanations)
