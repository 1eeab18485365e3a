import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Verb } from '../common/verbs.ts'
import { callVerb, type EcocItem } from '../data/ecocs.ts'
import { GwDialog } from './gw-dialog.ts'

type Asked = Exclude<Verb, 'sign-off'>
type Outcome = 'accepted' | 'not_received'

/** Says what a verb will do before it is done, and asks what it needs to know. Fires `gw-done`. */
export class GwVerbDialog extends GwDialog {
  static override properties = {
    verb: { state: true },
    item: { state: true },
    comment: { state: true },
    outcome: { state: true },
  }
  declare verb: Asked
  declare item: EcocItem | undefined
  declare comment: string
  declare outcome: Outcome | undefined
  constructor() {
    super()
    this.verb = 'replay'
    this.comment = ''
  }

  async open(verb: Asked, item: EcocItem): Promise<void> {
    this.verb = verb
    this.item = item
    this.comment = ''
    this.outcome = undefined
    await this.show()
  }

  async #do(): Promise<void> {
    const { verb, item, comment, outcome } = this
    if (!item || (verb === 'resolve' && outcome === undefined)) return
    const body = verb === 'resolve' ? { outcome, comment } : verb === 'cancel' || verb === 'reopen' ? { comment } : {}
    await this.run(() => callVerb(item.id, verb, body))
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
    return this.frame({
      title: t(`verb.${verb}.title`, { vin: item?.vin ?? '' }),
      about: t(`verb.${verb}.consequence`),
      content: html`${verb === 'resolve' ? this.#outcomes() : nothing}
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
      }`,
      actions: html`<button
        type="button"
        class=${verb === 'cancel' ? 'danger' : 'primary'}
        ?disabled=${this.busy || isMissing}
        @click=${() => void this.#do()}
      >
        ${t(`verb.${verb}`)}
      </button>`,
    })
  }
}
customElements.define('gw-verb-dialog', GwVerbDialog)
