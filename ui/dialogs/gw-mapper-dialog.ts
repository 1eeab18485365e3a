import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { changeMapper, type Change } from '../data/mappers.ts'
import { GwDialog } from './gw-dialog.ts'

export interface AskedChange {
  readonly mapper: string
  readonly change: Change
  /** Approve: hash of the text that was shown. */
  readonly sha256?: string
  /** Roll back: the release. */
  readonly to?: number
}

/** Says what a change to a mapper will do before it is done. Fires `gw-done`. */
export class GwMapperDialog extends GwDialog {
  static override properties = { asked: { state: true }, comment: { state: true } }
  declare asked: AskedChange | undefined
  declare comment: string

  async open(asked: AskedChange): Promise<void> {
    this.asked = asked
    this.comment = ''
    await this.show()
  }

  async #do({ mapper, change, sha256, to }: AskedChange): Promise<void> {
    const { comment } = this
    const body = change === 'propose' ? { comment } : change === 'approve' ? { sha256 } : { to }
    await this.run(() => changeMapper(mapper, change, body))
  }

  override render(): TemplateResult {
    const { asked } = this
    if (!asked) return html`<dialog></dialog>`
    const { change, mapper, to = 0 } = asked
    return this.frame({
      title: t(`mapper.ask.${change}`, { mapper, n: to }),
      about: t(`mapper.about.${change}`),
      onSubmit: () => void this.#do(asked),
      content: html`${
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
      ${asked.sha256 === undefined ? nothing : html`<div class="hash">${asked.sha256}</div>`}`,
      actions: html`<button type="submit" class="primary" ?disabled=${this.busy}>${t(`mapper.${change}`)}</button>`,
    })
  }
}
customElements.define('gw-mapper-dialog', GwMapperDialog)
