import { css, html, nothing, type TemplateResult } from 'lit'
import { pickLanguage, setLanguage, language } from './common/i18n.ts'
import { hashOf, parseRoute, type Route } from './common/route.ts'
import type { EcocState } from './common/states.ts'
import { GwElement } from './components/gw-element.ts'
import './components/gw-problem.ts'
import './components/gw-top-bar.ts'
import { base } from './components/styles.ts'
import { problemOf, signedOut, type ApiProblem } from './data/http.ts'
import { currentSession, logOut, type Session } from './data/session.ts'
import { getHealth, type Health } from './data/summary.ts'
import './panels/gw-access-points.ts'
import './panels/gw-base-sheet.ts'
import './panels/gw-base.ts'
import './panels/gw-bases.ts'
import './panels/gw-ecoc-detail.ts'
import './panels/gw-flow.ts'
import './panels/gw-flows.ts'
import './panels/gw-login.ts'
import './panels/gw-mapper.ts'
import './panels/gw-mappers.ts'
import './panels/gw-overview.ts'
import './panels/gw-rejections.ts'
import './panels/gw-sign-off.ts'
import './panels/gw-sign-offs.ts'
import './panels/gw-sources.ts'
import type { GwOverview } from './panels/gw-overview.ts'

const languageKey = 'gw-language'

/** The whole page: log-in, or the bar and the panel that the address names. */
class GwApp extends GwElement {
  static override properties = {
    route: { state: true },
    session: { state: true },
    known: { state: true },
    health: { state: true },
    problem: { state: true },
  }
  declare route: Route
  declare session: Session | undefined
  /** False until it is known whether somebody is logged in: until then nothing is drawn. */
  declare known: boolean
  declare health: Health | undefined
  declare problem: ApiProblem | undefined

  static override styles = [
    base,
    css`
      gw-problem {
        display: block;
        margin: 24px;
      }
    `,
  ]

  constructor() {
    super()
    this.known = false
    this.route = parseRoute(location.hash)
    this.#speak(localStorage.getItem(languageKey) ?? pickLanguage(navigator.languages))
    window.addEventListener('hashchange', () => this.#navigated())
    window.addEventListener(signedOut, () => (this.session = undefined))
    void this.#start()
  }

  async #start(): Promise<void> {
    try {
      const [session, health] = await Promise.all([currentSession(), getHealth()])
      this.session = session
      this.health = health
    } catch (error) {
      this.problem = problemOf(error)
    }
    this.known = true
  }

  #navigated(): void {
    const before = this.route
    this.route = parseRoute(location.hash)
    if (!['ecoc', 'sign-off', 'flow', 'mapper'].includes(this.route.page)) document.title = 'eCoC Gateway'
    if (before.page !== this.route.page) scrollTo({ top: 0 })
  }

  #speak(code: string): void {
    setLanguage(code)
    document.documentElement.lang = language()
  }

  /** Typing does not fill the browser's history; opening a page does. */
  #filter(change: { q?: string; state?: EcocState | undefined }): void {
    const now = this.route.page === 'overview' ? this.route : { page: 'overview' as const, q: '', state: undefined }
    const next = { ...now, ...change }
    const replace = this.route.page === 'overview'
    if (replace) history.replaceState(null, '', hashOf(next))
    else history.pushState(null, '', hashOf(next))
    this.#navigated()
  }

  async #logOut(): Promise<void> {
    try {
      await logOut()
    } catch (error) {
      // An ended session is as good as a log-out.
      if (problemOf(error).status !== 401) {
        this.problem = problemOf(error)
        return
      }
    }
    this.session = undefined
  }

  #panel(session: Session): TemplateResult {
    const { route } = this
    if (route.page === 'mappers') return html`<gw-mappers></gw-mappers>`
    if (route.page === 'mapper')
      return html`<gw-mapper .mapper=${route.mapper} .ecoc=${route.ecoc} .session=${session}></gw-mapper>`
    if (route.page === 'sources') return html`<gw-sources .session=${session}></gw-sources>`
    if (route.page === 'access-points') return html`<gw-access-points .session=${session}></gw-access-points>`
    if (route.page === 'flows') return html`<gw-flows></gw-flows>`
    if (route.page === 'rejections') return html`<gw-rejections .session=${session}></gw-rejections>`
    if (route.page === 'flow') return html`<gw-flow .flow=${route.flow} .session=${session}></gw-flow>`
    if (route.page === 'sign-offs') return html`<gw-sign-offs .state=${route.state} .session=${session}></gw-sign-offs>`
    if (route.page === 'sign-off') return html`<gw-sign-off .ecoc=${route.id} .session=${session}></gw-sign-off>`
    if (route.page === 'bases') return html`<gw-bases .session=${session}></gw-bases>`
    if (route.page === 'base') return html`<gw-base .vin=${route.vin} .session=${session}></gw-base>`
    if (route.page === 'base-sheet') return html`<gw-base-sheet .sheet=${route.id} .session=${session}></gw-base-sheet>`
    return route.page === 'ecoc'
      ? html`<gw-ecoc-detail .ecoc=${route.id} .session=${session}></gw-ecoc-detail>`
      : html`<gw-overview
          .q=${route.q}
          .state=${route.state}
          .inbox=${this.health?.sandbox?.inbox}
          @gw-filter=${(e: CustomEvent<EcocState | undefined>) => this.#filter({ state: e.detail })}
        ></gw-overview>`
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.known) return nothing
    const { session, route, health } = this
    return html`<gw-top-bar
        .session=${session}
        .sandbox=${health?.sandbox !== undefined}
        .q=${route.page === 'overview' ? route.q : ''}
        @gw-search=${(e: CustomEvent<string>) => this.#filter({ q: e.detail.trim() })}
        @gw-search-enter=${() => this.renderRoot.querySelector<GwOverview>('gw-overview')?.openOnly()}
        @gw-log-out=${() => void this.#logOut()}
        @gw-language=${(e: CustomEvent<string>) => {
          localStorage.setItem(languageKey, e.detail)
          this.#speak(e.detail)
        }}
      ></gw-top-bar>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${
        session
          ? this.#panel(session)
          : html`<gw-login
              .sandbox=${health?.sandbox !== undefined}
              @gw-logged-in=${(e: CustomEvent<Session>) => {
                this.problem = undefined
                this.session = e.detail
              }}
            ></gw-login>`
      }`
  }
}
customElements.define('gw-app', GwApp)
