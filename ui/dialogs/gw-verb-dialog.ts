import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Verb } from '../common/verbs.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { callVerb, type EcocItem } from '../data/ecocs.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { dialogStyles } from './dialog-styles.ts'

type Asked = Exclude<Verb, 'sign-off'>
type Outcome = 'accepted' | 'not_received'

/** Says what a verb will do before it is done, and asks what it needs to know. Fires `gw-done`. */
export class GwVerbDialog extends GwElement {
  static override properties = {
    verb: { state: true },
    item: { state: true },
    comment: { state: true },
    outcome: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare verb: Asked
  declare item: EcocItem | undefined
  declare comment: string
  declare outcome: Outcome | undefined
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.verb = 'replay'
    this.comment = ''
    this.busy = false
  }

  static override styles = [base, buttons, inputs, dialogStyles]

  async open(verb: Asked, item: EcocItem): Promise<void> {
    this.verb = verb
    this.item = item
    this.comment = ''
    this.outcome = undefined
    this.problem = undefined
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  async #do(): Promise<void> {
    const { verb, item, comment, outcome } = this
    if (!item || this.busy || (verb === 'resolve' && outcome === undefined)) return
    this.busy = true
    const body = verb === 'resolve' ? { outcome, comment } : verb === 'cancel' || verb === 'reopen' ? { comment } : {}
    try {
      await callVerb(item.id, verb, body)
      this.#close()
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #outcomes(): TemplateResult {
    const choice = (outcome: Outcome): TemplateResult =>
      html`<label
        ><input
          type="radio"
          name="outcome"
          .checked=${this.outcome === outcome}
          @change=${() => (this.outcome = outcome)}
        /><span>${t(`resolve.${outcome}`)}</span></label
      >`
    return html`<fieldset>
      <legend class="quiet">${t('resolve.question')}</legend>
      ${choice('accepted')}${choice('not_received')}
    </fieldset>`
  }

  override render(): TemplateResult {
    const { verb, item } = this
    const asksWhy = verb === 'cancel' || verb === 'resolve' || verb === 'reopen'
    const isMissing =
      (verb === 'resolve' && this.outcome === undefined) || (verb === 'reopen' && this.comment.trim() === '')
    return html`<dialog aria-labelledby="title">
      <form method="dialog" @submit=${(e: Event) => e.preventDefault()}>
        <div>
          <h2 id="title">${t(`verb.${verb}.title`, { vin: item?.vin ?? '' })}</h2>
          <p class="quiet">${t(`verb.${verb}.consequence`)}</p>
        </div>
        ${verb === 'resolve' ? this.#outcomes() : nothing}
        ${
          asksWhy
            ? html`<div>
                <label for="comment">${t('verb.comment')}</label>
                <textarea
                  id="comment"
                  maxlength="2000"
                  .value=${this.comment}
                  @input=${(e: InputEvent) => (this.comment = (e.target as HTMLTextAreaElement).value)}
                ></textarea>
              </div>`
            : nothing
        }
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.#close()}>${t('dialog.close')}</button>
          <button
            type="button"
            class=${verb === 'cancel' ? 'danger' : 'primary'}
            ?disabled=${this.busy || isMissing}
            @click=${() => void this.#do()}
          >
            ${t(`verb.${verb}`)}
          </button>
        </div>
      </form>
    </dialog>`
  }
}
customElements.define('gw-verb-dialog', GwVerbDialog)
