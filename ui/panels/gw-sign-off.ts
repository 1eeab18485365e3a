import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { language, onLanguage, t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import '../components/gw-attachments.ts'
import '../components/gw-axle-loads.ts'
import '../components/gw-drift-table.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-merged.ts'
import '../components/gw-problem.ts'
import '../components/gw-time.ts'
import '../components/gw-trend.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { touch } from '../components/touch.ts'
import { followEvents } from '../data/events.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import {
  getSignOff,
  getSignOffSettings,
  protocolAddress,
  type Decision,
  type SignOffPage,
  type SignOffSettings,
} from '../data/sign-offs.ts'
import '../dialogs/gw-sign-off-dialog.ts'
import type { GwSignOffDialog } from '../dialogs/gw-sign-off-dialog.ts'
import '../dialogs/gw-weighing-dialog.ts'
import type { GwWeighingDialog } from '../dialogs/gw-weighing-dialog.ts'
import { flowStyles } from './flow-styles.ts'
import { factsOf, peopleOf, standingOf, weighingOf } from './sign-off-parts.ts'
import { signOffStyles } from './sign-off-styles.ts'

/** One sign-off: what drifted, the axle loads, how the variant did before, papers, and the decision. */
export class GwSignOff extends GwElement {
  static override properties = {
    ecoc: {},
    session: { attribute: false },
    shown: { state: true },
    settings: { state: true },
    hasChanged: { state: true },
    problem: { state: true },
  }
  declare ecoc: string
  declare session: Session
  declare shown: SignOffPage | undefined
  declare settings: SignOffSettings | undefined
  /** What is shown is another than when the page was opened: whoever began to read must read again. */
  declare hasChanged: boolean
  declare problem: ApiProblem | undefined
  #stops: (() => void)[] = []

  static override styles = [base, buttons, flowStyles, touch, signOffStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    const events = followEvents({
      onChange: ({ id }) => {
        if (id === this.ecoc) void this.#load()
      },
      onReload: () => void this.#load(),
      onLive: () => undefined,
    })
    // The names of the fields come from the gateway, in the language of the page.
    this.#stops = [events, onLanguage(() => void this.#load())]
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stops) stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('ecoc')) return
    this.shown = undefined
    this.hasChanged = false
    void this.#load()
  }

  async #load(): Promise<void> {
    const [ecoc, said] = [this.ecoc, language()]
    const before = this.shown
    try {
      const [shown, settings] = await Promise.all([getSignOff(ecoc), getSignOffSettings()])
      if (ecoc !== this.ecoc || said !== language()) return
      this.hasChanged ||= before !== undefined && before.shownSha256 !== shown.shownSha256
      this.shown = shown
      this.settings = settings
      this.problem = undefined
      document.title = `${t('signoff.one')} ${shown.vin} · eCoC Gateway`
      await this.updateComplete
      if (!before) this.renderRoot.querySelector('h1')?.focus()
    } catch (error) {
      if (ecoc === this.ecoc) this.problem = problemOf(error)
    }
  }

  #ask(decision: Decision, shown: SignOffPage, settings: SignOffSettings): void {
    void this.renderRoot.querySelector<GwSignOffDialog>('gw-sign-off-dialog')?.open(decision, shown, settings)
  }

  #decide(shown: SignOffPage, settings: SignOffSettings): TemplateResult | typeof nothing {
    if (shown.decision !== null) return nothing
    const button = (decision: Decision, kind: string, off: boolean): TemplateResult =>
      html`<button type="button" class=${kind} ?disabled=${off} @click=${() => this.#ask(decision, shown, settings)}>
        ${t(`signoff.do.${decision}`)}
      </button>`
    const { whyNot, mayDecide } = shown
    return html`<section class="card decide" aria-labelledby="decide">
      <h2 id="decide">${t('signoff.decide')}</h2>
      ${
        shown.approvers.needed > 1
          ? html`<p>${t('signoff.approvers', { given: shown.approvers.given, needed: shown.approvers.needed })}</p>`
          : nothing
      }
      ${mayDecide || whyNot === null ? nothing : html`<p class="note" lang="en">${whyNot.detail}</p>`}
      ${
        settings.me.mayDecide
          ? html`${button('approve', 'primary', !mayDecide)}${button('reweigh', '', false)}${button('refuse', 'danger', false)}`
          : nothing
      }
      ${
        this.session.permissions.includes('operate')
          ? html`<button
              type="button"
              @click=${() =>
                void this.renderRoot.querySelector<GwWeighingDialog>('gw-weighing-dialog')?.open(shown.vin)}
            >
              ${t('weighing.record')}
            </button>`
          : nothing
      }
    </section>`
  }

  #judged(shown: SignOffPage): TemplateResult {
    const names = new Map(shown.lines.map(({ element, label }) => [element ?? '', label ?? '']))
    return html`<div class="stack">
      <section class="card" aria-labelledby="drift">
        <h2 id="drift">${t('signoff.findings', { n: shown.lines.length })}</h2>
        <gw-drift-table .lines=${shown.lines}></gw-drift-table>
      </section>
      ${
        shown.axles.length === 0
          ? nothing
          : html`<section class="card" aria-labelledby="axles">
              <h2 id="axles">${t('axles.title')}</h2>
              <gw-axle-loads .axles=${shown.axles} .masses=${shown.masses}></gw-axle-loads>
              ${weighingOf(shown.weighing)}
            </section>`
      }
      ${
        shown.history.length === 0
          ? nothing
          : html`<section class="card" aria-labelledby="trend">
              <h2 id="trend">${t('trend.title', { variant: shown.variant.variant })}</h2>
              <div class="trends">
                ${shown.history.map((h) => html`<gw-trend .history=${h} .name=${names.get(h.field) ?? ''}></gw-trend>`)}
              </div>
            </section>`
      }
      <gw-merged .ecoc=${shown.ecocId} .stamp=${shown.documentSha256}></gw-merged>
    </div>`
  }

  #page(shown: SignOffPage, settings: SignOffSettings): TemplateResult {
    const canAttach = shown.decision === null && this.session.permissions.includes('operate')
    return html`<div class="head">
        <h1 tabindex="-1">${t('signoff.one')} <gw-vin .vin=${shown.vin}></gw-vin></h1>
        <div class="verbs">
          <a class="button" href=${hashOf({ page: 'ecoc', id: shown.ecocId })}>${t('signoff.toEcoc')}</a>
          <a class="button" href=${protocolAddress(shown.ecocId)} download>${icons.download}${t('signoff.protocol')}</a>
        </div>
      </div>
      ${factsOf(shown)}
      ${this.hasChanged ? html`<p class="note person" role="alert">${t('signoff.changed')}</p>` : nothing}
      ${standingOf(shown)}
      <div class="columns">
        ${this.#judged(shown)}
        <aside class="stack">
          ${this.#decide(shown, settings)}
          <section class="card" aria-labelledby="papers">
            <h2 id="papers">${t('attach.title')}</h2>
            <gw-attachments
              .ecoc=${shown.ecocId}
              .items=${shown.attachments}
              .mayAdd=${canAttach}
              .maxBytes=${settings.maxAttachmentBytes}
              @gw-done=${() => void this.#load()}
            ></gw-attachments>
          </section>
          ${peopleOf(shown, settings)}
        </aside>
      </div>
      <gw-sign-off-dialog @gw-done=${() => void this.#load()}></gw-sign-off-dialog>
      <gw-weighing-dialog @gw-done=${() => void this.#load()}></gw-weighing-dialog>`
  }

  override render(): TemplateResult {
    const { shown, settings, problem } = this
    return html`<main class="page">
      <a class="back" href=${hashOf({ page: 'sign-offs', state: 'open' })}>${icons.back}${t('signoffs.title')}</a>
      ${problem ? html`<gw-problem .problem=${problem}></gw-problem>` : nothing}
      ${shown && settings ? this.#page(shown, settings) : problem ? nothing : html`<p class="quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-sign-off', GwSignOff)
