import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import '../components/gw-delegations.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import '../components/gw-shifted.ts'
import '../components/gw-time.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { touch } from '../components/touch.ts'
import { followEvents } from '../data/events.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import { listSignOffs, type SignOffItem } from '../data/sign-offs.ts'
import '../dialogs/gw-weighing-dialog.ts'
import type { GwWeighingDialog } from '../dialogs/gw-weighing-dialog.ts'
import { flowStyles } from './flow-styles.ts'
import { signOffStyles } from './sign-off-styles.ts'

/** Changes come in bursts, when a mapper or an approval makes many go on. */
const settleMs = 400

/** What waits for quality and what was decided, with who decides for whom and variants whose drift has shifted. */
export class GwSignOffs extends GwElement {
  static override properties = {
    state: {},
    session: { attribute: false },
    items: { state: true },
    problem: { state: true },
  }
  declare state: 'open' | 'decided'
  declare session: Session
  declare items: readonly SignOffItem[] | undefined
  declare problem: ApiProblem | undefined
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    buttons,
    flowStyles,
    touch,
    signOffStyles,
    css`
      a.item {
        display: grid;
        grid-template-columns: 210px minmax(0, 1fr) auto;
        gap: 4px 18px;
        align-items: center;
        min-height: 60px;
        padding: 10px 8px;
        border-top: 1px solid var(--line);
        color: var(--ink);
        text-decoration: none;
      }
      li:first-child > a.item {
        border-top: 0;
      }
      a.item:hover {
        background: var(--hover);
      }
      .end {
        display: grid;
        justify-items: end;
        text-align: right;
      }
      .late {
        color: var(--person);
        font-weight: 650;
      }
      [aria-current='page'] {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      @media (max-width: 760px) {
        a.item {
          grid-template-columns: minmax(0, 1fr);
        }
        .end {
          justify-items: start;
          text-align: left;
        }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    const soon = (): void => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#load(), settleMs)
    }
    this.#stop = followEvents({ onChange: soon, onReload: soon, onLive: () => undefined })
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    clearTimeout(this.#timer)
  }
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return
    this.items = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const { state } = this
    try {
      const items = await listSignOffs(state)
      if (state !== this.state) return
      this.items = items
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #item(item: SignOffItem): TemplateResult {
    const { approvers } = item
    return html`<li>
      <a class="item" href=${hashOf({ page: 'sign-off', id: item.ecocId })}>
        <span><gw-vin .vin=${item.vin}></gw-vin><br /><span class="quiet small">${item.variant.variant}</span></span>
        <span lang="en">${item.headline}</span>
        <span class="end">
          ${
            item.decision !== null
              ? html`<b>${t(`decision.${item.decision}`)}</b>`
              : item.escalatedAt !== null
                ? html`<span class="late">${t('signoffs.escalated')}</span>`
                : item.remindedAt !== null
                  ? html`<b>${t('signoffs.reminded')}</b>`
                  : item.mayDecide
                    ? nothing
                    : html`<span class="quiet">${t('signoffs.notYou')}</span>`
          }
          ${
            item.decision === null && approvers.needed > 1
              ? html`<span>${t('signoff.approvers', { given: approvers.given, needed: approvers.needed })}</span>`
              : nothing
          }
          <gw-time class="quiet" .at=${item.decidedAt ?? item.requestedAt}></gw-time>
        </span>
      </a>
    </li>`
  }

  override render(): TemplateResult {
    const { items, state } = this
    const tab = (to: 'open' | 'decided'): TemplateResult =>
      html`<a
        class="button"
        href=${hashOf({ page: 'sign-offs', state: to })}
        aria-current=${to === state ? 'page' : nothing}
        >${t(`signoffs.${to}`)}</a
      >`
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <div class="head">
        <h1>${t('signoffs.title')}</h1>
        <div class="verbs">
          <nav class="verbs" aria-label=${t('signoffs.title')}>${tab('open')}${tab('decided')}</nav>
          ${
            this.session.permissions.includes('operate')
              ? html`<button
                  type="button"
                  @click=${() => void this.renderRoot.querySelector<GwWeighingDialog>('gw-weighing-dialog')?.open()}
                >
                  ${t('weighing.record')}
                </button>`
              : nothing
          }
        </div>
      </div>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${items === undefined ? html`<p class="quiet">${t('loading')}</p>` : nothing}
      ${items?.length === 0 ? html`<p class="card">${t(`signoffs.none.${state}`)}</p>` : nothing}
      ${
        items && items.length > 0
          ? html`<ul class="card">
              ${items.map((item) => this.#item(item))}
            </ul>`
          : nothing
      }
      <gw-shifted></gw-shifted>
      <gw-delegations .session=${this.session}></gw-delegations>
      <gw-weighing-dialog @gw-done=${() => void this.#load()}></gw-weighing-dialog>
    </main>`
  }
}
customElements.define('gw-sign-offs', GwSignOffs)
