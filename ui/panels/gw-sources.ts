import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import '../components/gw-settings-form.ts'
import '../components/gw-time.ts'
import { icons } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import {
  type Connector,
  listConnectors,
  listParked,
  listSources,
  type Parked,
  retryParked,
  type Source,
  testSource,
  type TestStep,
} from '../data/sources.ts'
import { flowStyles } from './flow-styles.ts'

const againMs = 5000

/** The sources: whether each answers, which answers it refused, and a form for a new one. */
export class GwSources extends GwElement {
  static override properties = {
    session: { attribute: false },
    sources: { state: true },
    parked: { state: true },
    connectors: { state: true },
    steps: { state: true },
    problem: { state: true },
  }
  declare session: Session | undefined
  declare sources: readonly Source[]
  declare parked: readonly Parked[]
  declare connectors: readonly Connector[]
  declare steps: ReadonlyMap<string, readonly TestStep[]>
  declare problem: ApiProblem | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  static override styles = [
    base,
    buttons,
    flowStyles,
    css`
      .source {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: center;
        padding: 8px 0;
      }
      .source button {
        margin-left: auto;
      }
      .state {
        font-weight: 600;
      }
      .ok {
        color: var(--good);
      }
      .down,
      .failing {
        color: var(--danger);
      }
      .steps {
        flex-basis: 100%;
        margin: 0;
        padding-left: 20px;
      }
    `,
  ]

  constructor() {
    super()
    this.sources = []
    this.parked = []
    this.connectors = []
    this.steps = new Map()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
    void listConnectors().then(
      (connectors) => (this.connectors = connectors),
      (error: unknown) => (this.problem = problemOf(error)),
    )
    this.#timer = setInterval(() => void this.#load(), againMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  async #load(): Promise<void> {
    await this.#try(async () => {
      ;[this.sources, this.parked] = await Promise.all([listSources(), listParked()])
    })
  }

  async #try(action: () => Promise<unknown>): Promise<void> {
    try {
      await action()
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  get #mayOperate(): boolean {
    return this.session?.permissions.includes('operate') ?? false
  }

  async #test(name: string): Promise<void> {
    await this.#try(async () => (this.steps = new Map([...this.steps, [name, await testSource(name)]])))
  }

  async #retry(answer: Parked): Promise<void> {
    await this.#try(() => retryParked(answer))
    await this.#load()
  }

  #source(s: Source): TemplateResult {
    const steps = this.steps.get(s.name)
    return html`<li class="source">
      <b>${s.name}</b> <span class="quiet">${s.connector} → ${s.mapper}</span>
      <span class="state ${s.state}">${t(`sources.state.${s.state}`)}</span>
      ${s.lastLookAt ? html`<span class="quiet">${t('sources.lastLook')} <gw-time .at=${s.lastLookAt}></gw-time></span>` : nothing}
      ${s.answersPending > 0 ? html`<span class="quiet">${t('sources.pending', { n: s.answersPending })}</span>` : nothing}
      ${this.#mayOperate ? html`<button @click=${() => void this.#test(s.name)} aria-label=${`${t('sources.test')}: ${s.name}`}>${t('sources.test')}</button>` : nothing}
      ${s.problem ? html`<p class="steps">${s.problem}</p>` : nothing}
      ${
        steps
          ? html`<div class="steps" role="status">
              <ol>
                ${steps.map((step) => html`<li>${step.ok ? '✓' : '✗'} ${step.step}${step.detail ? `: ${step.detail}` : ''}</li>`)}
              </ol>
            </div>`
          : nothing
      }
    </li>`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('sources.title')}</h1>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      <div class="card">
        <ul>
          ${this.sources.map((s) => this.#source(s))}
        </ul>
      </div>
      ${
        this.parked.length > 0
          ? html`<div class="card">
              <h2>${t('sources.parked')}</h2>
              <ul>
                ${this.parked.map(
                  (p) =>
                    html`<li class="source">
                      <b>${p.source}</b> <span>${p.name}</span> <span class="quiet">${p.problem ?? ''}</span>
                      ${this.#mayOperate ? html`<button @click=${() => void this.#retry(p)} aria-label=${`${t('sources.retry')}: ${p.name}`}>${t('sources.retry')}</button>` : nothing}
                    </li>`,
                )}
              </ul>
            </div>`
          : nothing
      }
      <div class="card">
        <h2>${t('sources.new')}</h2>
        <p class="quiet">${t('sources.about')}</p>
        <gw-settings-form .connectors=${this.connectors}></gw-settings-form>
      </div>
    </main>`
  }
}
customElements.define('gw-sources', GwSources)
