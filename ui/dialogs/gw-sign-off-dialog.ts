import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { touch } from '../components/touch.ts'
import { decide, type Decision, type SignOffPage, type SignOffSettings } from '../data/sign-offs.ts'
import { GwDialog } from './gw-dialog.ts'

/**
 * Where a person confirms a decision on drift: reason, comment, and the password again, so that a screen left open decides
 * nothing. What was shown when it opens is what is decided on: both hashes go along, and the gateway refuses when something
 * else stands there by then. Fires `gw-done`.
 */
export class GwSignOffDialog extends GwDialog {
  static override properties = {
    shown: { state: true },
    settings: { state: true },
    decision: { state: true },
    missing: { state: true },
  }
  declare shown: SignOffPage | undefined
  declare settings: SignOffSettings | undefined
  declare decision: Decision
  /** The first field that must still be filled in. */
  declare missing: 'reason' | 'comment' | 'password' | undefined

  static override styles = [...GwDialog.styles, touch]

  /** Opens with the sign-off as it stands now; later changes of it do not reach the dialog. */
  async open(decision: Decision, shown: SignOffPage, settings: SignOffSettings): Promise<void> {
    this.decision = decision
    this.shown = shown
    this.settings = settings
    this.missing = undefined
    await this.show()
    for (const field of this.#fields()) field.value = ''
    this.#fields()[0]?.focus()
  }

  #fields(): (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>('select, textarea, input')]
  }
  #value(id: string): string {
    return this.#fields().find((field) => field.id === id)?.value ?? ''
  }

  async #do(shown: SignOffPage, { confirmation, reasons, requireReason }: SignOffSettings): Promise<void> {
    const [reason, comment, password] = [this.#value('reason'), this.#value('comment'), this.#value('password')]
    const lacksReason = requireReason && reasons.length > 0 && reason === ''
    // A reason from the list is enough to go by; without one an auditor finds nothing but the text.
    const lacksComment = reason === '' && comment.trim() === ''
    const lacksPassword = confirmation === 'password' && password === ''
    this.missing = lacksReason ? 'reason' : lacksComment ? 'comment' : lacksPassword ? 'password' : undefined
    if (this.missing !== undefined) {
      this.#fields()
        .find(({ id }) => id === this.missing)
        ?.focus()
      return
    }
    const given = {
      ...{ decision: this.decision, comment },
      ...(reason === '' ? {} : { reason }),
      ...(confirmation === 'password' ? { password } : {}),
    }
    const isDone = await this.run(() => decide(shown, given))
    if (isDone || this.problem?.code !== 'API-062') return
    await this.updateComplete
    const field = this.renderRoot.querySelector<HTMLInputElement>('#password')
    field?.select()
  }

  #hint(field: 'reason' | 'comment' | 'password', text: string | undefined): TemplateResult | typeof nothing {
    const said = this.missing === field ? t(`signoff.${field}Missing`) : text
    return said === undefined ? nothing : html`<p id="${field}-hint" class="quiet">${said}</p>`
  }

  #form({ reasons, requireReason, confirmation, me }: SignOffSettings, shown: SignOffPage): TemplateResult {
    const invalid = (field: string): 'true' | 'false' => (this.missing === field ? 'true' : 'false')
    const onBehalfOf = shown.onBehalfOf
    return html`${onBehalfOf === null ? nothing : html`<p>${t('signoff.onBehalfOf', { me: me.name, name: onBehalfOf })}</p>`}
      ${
        reasons.length === 0
          ? nothing
          : html`<div>
              <label for="reason">${t('signoff.reason')}</label>
              <select id="reason" aria-invalid=${invalid('reason')} aria-describedby="reason-hint">
                <option value="">${requireReason ? '' : '–'}</option>
                ${reasons.map(({ code, text }) => html`<option value=${code}>${text}</option>`)}
              </select>
              ${this.#hint('reason', undefined)}
            </div>`
      }
      <div>
        <label for="comment">${t('signoff.comment')}</label>
        <textarea
          id="comment"
          maxlength="2000"
          aria-describedby="comment-hint"
          aria-invalid=${invalid('comment')}
        ></textarea>
        ${this.#hint('comment', t('signoff.commentHint'))}
      </div>
      ${
        confirmation === 'none'
          ? nothing
          : html`<div>
              <label for="password">${t('signoff.password', { name: me.name })}</label>
              <input
                id="password"
                type="password"
                autocomplete="current-password"
                maxlength="1000"
                aria-describedby="password-hint"
                aria-invalid=${invalid('password')}
              />
              ${this.#hint('password', t('signoff.passwordHint'))}
            </div>`
      }
      <details>
        <summary>${t('signoff.hashes')}</summary>
        <div class="hash">${t('signoff.document')}<br />${shown.documentSha256}</div>
        ${shown.shownSha256 === null ? nothing : html`<div class="hash">${t('signoff.shown')}<br />${shown.shownSha256}</div>`}
      </details>`
  }

  override render(): TemplateResult {
    const { shown, settings, decision } = this
    if (!shown || !settings) return html`<dialog></dialog>`
    return this.frame({
      title: t(`signoff.title.${decision}`, { vin: shown.vin }),
      about: t(`signoff.about.${decision}`),
      // Enter in a field must never decide.
      content: this.#form(settings, shown),
      actions: html`<button
        type="button"
        class=${decision === 'refuse' ? 'danger' : 'primary'}
        ?disabled=${this.busy}
        @click=${() => void this.#do(shown, settings)}
      >
        ${t(`signoff.do.${decision}`)}
      </button>`,
    })
  }
}
customElements.define('gw-sign-off-dialog', GwSignOffDialog)
