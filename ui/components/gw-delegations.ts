import { css, html, nothing, type TemplateResult } from 'lit'
import { locale, t } from '../common/i18n.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import {
  endDelegation,
  getSignOffSettings,
  listDelegations,
  type Delegation,
  type SignOffSettings,
} from '../data/sign-offs.ts'
import '../dialogs/gw-delegation-dialog.ts'
import type { GwDelegationDialog } from '../dialogs/gw-delegation-dialog.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import { base, buttons } from './styles.ts'
import { touch } from './touch.ts'

/** Who decides for whom, and letting somebody decide for oneself. */
export class GwDelegations extends GwElement {
  static override properties = {
    session: { attribute: false },
    settings: { state: true },
    delegations: { state: true },
    problem: { state: true },
  }
  declare session: Session
  declare settings: SignOffSettings | undefined
  declare delegations: readonly Delegation[]
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.delegations = []
  }

  static override styles = [
    base,
    buttons,
    touch,
    css`
      section {
        display: grid;
        gap: 10px;
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
      }
      h2 {
        font-size: 15px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: center;
        padding: 6px 0;
      }
      li button {
        margin-left: auto;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#do(() => Promise.resolve())
  }

  /** Does it, and shows how things stand afterwards. */
  async #do(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
      const [settings, delegations] = await Promise.all([getSignOffSettings(), listDelegations()])
      this.settings = settings
      this.delegations = delegations
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #list(settings: SignOffSettings): TemplateResult | typeof nothing {
    const running = this.delegations.filter(({ active }) => active)
    const isOwner = this.session.permissions.includes('signOff')
    if (running.length === 0 && !isOwner) return nothing
    return html`<section aria-labelledby="delegations">
      <h2 id="delegations">${t('delegation.heading')}</h2>
      ${
        running.length === 0
          ? nothing
          : html`<ul>
              ${running.map(
                (d) =>
                  html`<li class="line">
                    <span>${t('delegation.line', { from: d.from, to: d.to })}</span>
                    <span class="quiet"
                      >${t('points.until')} ${new Date(d.until).toLocaleDateString(locale())} · ${d.reason}</span
                    >
                    ${
                      d.from === settings.me.name
                        ? html`<button
                            type="button"
                            aria-label=${`${t('delegation.end')}: ${d.to}`}
                            @click=${() => void this.#do(() => endDelegation(d.id))}
                          >
                            ${t('delegation.end')}
                          </button>`
                        : nothing
                    }
                  </li>`,
              )}
            </ul>`
      }
      ${
        isOwner
          ? html`<div class="line">
              <button
                type="button"
                @click=${() =>
                  void this.renderRoot.querySelector<GwDelegationDialog>('gw-delegation-dialog')?.open(settings)}
              >
                ${t('delegation.title')}
              </button>
            </div>`
          : nothing
      }
    </section>`
  }

  override render(): TemplateResult {
    return html`${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.settings ? this.#list(this.settings) : nothing}
      <gw-delegation-dialog @gw-done=${() => void this.#do(() => Promise.resolve())}></gw-delegation-dialog>`
  }
}
customElements.define('gw-delegations', GwDelegations)
