import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { changeMapper, type Change } from '../data/mappers.ts'
import { dialogStyles } from './dialog-styles.ts'

export interface AskedChange {
  readonly mapper: string
  readonly change: Change
  /** Approve: hash of the text that was shown. */
  readonly sha256?: string
  /** Roll back: the release. */
  readonly to?: number
}

/** Says what a change to a mapper will do before it is done. Fires `gw-done`. */
export class GwMapperDialog extends GwElement {
  static override properties = {
    asked: { state: true },
    comment: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare asked: AskedChange | undefined
  declare comment: string
  declare busy: boolean
  declare problem: ApiProblem | undefined

  static override styles = [base, buttons, inputs, dialogStyles]

  async open(asked: AskedChange): Promise<void> {
    this.asked = asked
    this.comment = ''
    this.busy = false
    this.problem = undefined
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #do(): Promise<void> {
    const { asked, comment } = this
    if (!asked || this.busy) return
    this.busy = true
    const { mapper, change, sha256, to } = asked
    const body = change === 'propose' ? { comment } : change === 'approve' ? { sha256 } : { to }
    try {
      await changeMapper(mapper, change, body)
      this.renderRoot.querySelector('dialog')?.close()
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  override render(): TemplateResult {
    const { asked } = this
    if (!asked) return html`<dialog></dialog>`
    const { change, mapper, to = 0 } = asked
    return html`<dialog aria-labelledby="title">
      <form
        method="dialog"
        @submit=${(e: Event) => {
          e.preventDefault()
          void this.#do()
        }}
      >
        <div>
          <h2 id="title">${t(`mapper.ask.${change}`, { mapper, n: to })}</h2>
          <p class="quiet">${t(`mapper.about.${change}`)}</p>
        </div>
        ${
          change === 'propose'
            ? html`<div>
                <label for="comment">${t('mapper.why')}</label>
                <textarea
                  id="comment"
                  maxlength="2000"
                  .value=${this.comment}
                  @input=${(e: InputEvent) => (this.comment = (e.target as HTMLTextAreaElement).value)}
                ></textarea>
              </div>`
            : nothing
        }
        ${asked.sha256 === undefined ? nothing : html`<div class="hash">${asked.sha256}</div>`}
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>
            ${t('dialog.close')}
          </button>
          <button type="submit" class="primary" ?disabled=${this.busy}>${t(`mapper.${change}`)}</button>
        </div>
      </form>
    </dialog>`
  }
}
customElements.define('gw-mapper-dialog', GwMapperDialog)
