import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { touch } from '../components/touch.ts'
import { delegate, type SignOffSettings } from '../data/sign-offs.ts'
import { GwDialog } from './gw-dialog.ts'

/** Lets another person decide for the one who is logged in, until the end of a day. Fires `gw-done`. */
export class GwDelegationDialog extends GwDialog {
  static override properties = { settings: { state: true } }
  declare settings: SignOffSettings | undefined

  static override styles = [...GwDialog.styles, touch]

  async open(settings: SignOffSettings): Promise<void> {
    this.settings = settings
    await this.show()
    const form = this.renderRoot.querySelector('form')
    form?.reset()
    form?.querySelector('input')?.focus()
  }

  async #save({ confirmation }: SignOffSettings): Promise<void> {
    const form = this.renderRoot.querySelector('form')
    if (!form) return
    const given = new FormData(form)
    const text = (name: string): string => ((given.get(name) as string | null) ?? '').trim()
    // Until the end of that day here, as people mean it.
    const until = new Date(`${text('until')}T23:59:59`)
    const password = confirmation === 'password' ? { password: (given.get('password') as string | null) ?? '' } : {}
    await this.run(() =>
      delegate({
        ...{ to: text('to'), until: `${until.toISOString().slice(0, 19)}Z`, reason: text('reason') },
        ...password,
      }),
    )
  }

  override render(): TemplateResult {
    const { settings } = this
    if (!settings) return html`<dialog></dialog>`
    const today = new Date()
    const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`
    return this.frame({
      title: t('delegation.title'),
      about: t('delegation.about'),
      onSubmit: () => void this.#save(settings),
      content: html`<div>
          <label for="to">${t('delegation.to')}</label>
          <input id="to" name="to" required maxlength="64" autocomplete="off" spellcheck="false" />
        </div>
        <div>
          <label for="until">${t('delegation.until')}</label>
          <input id="until" name="until" type="date" required min=${day} />
        </div>
        <div>
          <label for="reason">${t('delegation.reason')}</label>
          <input id="reason" name="reason" required maxlength="500" autocomplete="off" />
        </div>
        ${
          settings.confirmation === 'none'
            ? nothing
            : html`<div>
                <label for="password">${t('signoff.password', { name: settings.me.name })}</label>
                <input
                  id="password"
                  name="password"
                  type="password"
                  required
                  autocomplete="current-password"
                  maxlength="1000"
                />
              </div>`
        }`,
      actions: html`<button type="submit" class="primary" ?disabled=${this.busy}>${t('delegation.do')}</button>`,
    })
  }
}
customElements.define('gw-delegation-dialog', GwDelegationDialog)
