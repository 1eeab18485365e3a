import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { logIn } from '../data/session.ts'

/** The log-in. Fires `gw-logged-in` with the session. */
export class GwLogin extends GwElement {
  static override properties = { sandbox: { type: Boolean }, busy: { state: true }, problem: { state: true } }
  declare sandbox: boolean
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.busy = false
  }

  static override styles = [
    base,
    buttons,
    inputs,
    css`
      main {
        display: grid;
        justify-content: center;
        padding: 12vh 16px 48px;
      }
      form {
        display: grid;
        gap: 16px;
        width: min(360px, calc(100vw - 32px));
        padding: 28px;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      h1 {
        font-size: 20px;
        letter-spacing: -0.015em;
      }
      h1 + p {
        margin-top: 4px;
      }
      button {
        justify-content: center;
        min-height: 36px;
      }
      .hint {
        width: min(360px, calc(100vw - 32px));
        margin-top: 16px;
        font-size: 13px;
      }
    `,
  ]

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus()
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const text = (name: string): string => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    this.busy = true
    this.problem = undefined
    try {
      const session = await logIn(text('name'), text('password'))
      this.dispatchEvent(new CustomEvent('gw-logged-in', { detail: session }))
    } catch (error) {
      this.problem = this.#told(problemOf(error))
    } finally {
      this.busy = false
    }
  }

  #told(problem: ApiProblem): ApiProblem {
    if (problem.status === 401) return { ...problem, code: '', detail: t('login.wrong') }
    if (problem.status === 429) return { ...problem, code: '', detail: t('login.wait', { s: problem.retryAfter ?? 1 }) }
    return problem
  }

  override render(): TemplateResult {
    return html`<main>
      <form @submit=${(e: SubmitEvent) => void this.#submit(e)}>
        <div>
          <h1>${t('login.title')}</h1>
          <p class="quiet">${t('login.subtitle')}</p>
        </div>
        <div>
          <label for="name">${t('login.name')}</label>
          <input id="name" name="name" autocomplete="username" autocapitalize="none" required maxlength="64" />
        </div>
        <div>
          <label for="password">${t('login.password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxlength="256"
          />
        </div>
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${this.busy ? t('login.busy') : t('login.button')}</button>
      </form>
      ${this.sandbox ? html`<p class="hint quiet">${t('login.sandboxHint')}</p>` : nothing}
    </main>`
  }
}
customElements.define('gw-login', GwLogin)
