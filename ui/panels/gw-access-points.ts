import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import '../components/gw-time.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { listAccessPoints, pauseAccessPoint, resumeAccessPoint, type AccessPoint } from '../data/access-points.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import { flowStyles } from './flow-styles.ts'

const hourMs = 3_600_000
const spans = [1, 4, 12, 24, 72] as const
const lookEveryMs = 5_000

/** The access points: whether each is called now, how much waits, and holding one back for a while. */
export class GwAccessPoints extends GwElement {
  static override properties = { session: { attribute: false }, items: { state: true }, problem: { state: true } }
  declare session: Session
  declare items: readonly AccessPoint[] | undefined
  declare problem: ApiProblem | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  static override styles = [
    base,
    buttons,
    inputs,
    flowStyles,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 14px;
        align-items: end;
        padding-top: 10px;
      }
      label {
        display: grid;
        gap: 4px;
      }
      .wide {
        flex: 1 1 220px;
      }
      .state {
        font-weight: 650;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#do(listAccessPoints)
    this.#timer = setInterval(() => void this.#do(listAccessPoints), lookEveryMs)
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  async #do(act: () => Promise<readonly AccessPoint[]>): Promise<void> {
    try {
      this.items = await act()
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #pause(event: SubmitEvent, name: string): void {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const [reason, hours] = [form.get('reason') as string, Number(form.get('hours'))]
    void this.#do(() => pauseAccessPoint(name, reason, new Date(Date.now() + hours * hourMs)))
  }

  #verbs(point: AccessPoint): TemplateResult {
    if (point.pause)
      return html`<form
        @submit=${(e: SubmitEvent) => {
          e.preventDefault()
          void this.#do(() => resumeAccessPoint(point.name))
        }}
      >
        <button type="submit">${t('points.resume')}</button>
      </form>`
    return html`<form @submit=${(e: SubmitEvent) => this.#pause(e, point.name)}>
      <label class="wide">${t('points.why')}<input name="reason" required maxlength="500" autocomplete="off" /></label>
      <label
        >${t('points.for')}<select name="hours">
          ${spans.map((n) => html`<option value=${n}>${t('points.hours', { n })}</option>`)}
        </select></label
      >
      <button type="submit">${t('points.hold')}</button>
    </form>`
  }

  #point(point: AccessPoint): TemplateResult {
    const { name, title, environment, testOf, state, until, pause, queued, oldest } = point
    return html`<section class="card" aria-label=${name}>
      <div class="head">
        <div class="title">
          <h2>${name}</h2>
          <span class="quiet"
            >${title}, ${environment}${testOf === null ? '' : `, ${t('points.testOf', { name: testOf })}`}</span
          >
        </div>
        <span class="state">${t(`points.${state}`)}</span>
      </div>
      ${until === null ? nothing : html`<p>${t('points.until')} <gw-time .at=${until}></gw-time></p>`}
      ${pause ? html`<p>${t('points.pausedBy', { who: pause.by, why: pause.reason })}</p>` : nothing}
      <p class="quiet">
        ${t('points.queued', { n: queued })}${oldest === null ? nothing : html`, ${t('points.oldest')} <gw-time .at=${oldest}></gw-time>`}
      </p>
      ${this.session.permissions.includes('operate') ? this.#verbs(point) : nothing}
    </section>`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('points.title')}</h1>
      <p class="quiet">${t('points.about')}</p>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${(this.items ?? []).map((point) => this.#point(point))}
    </main>`
  }
}
customElements.define('gw-access-points', GwAccessPoints)
