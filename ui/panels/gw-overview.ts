import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { holdBack, mergePage, type Page } from '../common/merge-list.ts'
import { hashOf } from '../common/route.ts'
import { waitingForPeople, type EcocState } from '../common/states.ts'
import '../components/gw-ecoc-table.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-filter-strip.ts'
import '../components/gw-problem.ts'
import { icons, toneIcon } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { listEcocs, type EcocItem } from '../data/ecocs.ts'
import { followEvents, type EcocChange } from '../data/events.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { getSummary, type Summary } from '../data/summary.ts'
import { overviewStyles } from './overview-styles.ts'

const pageSize = 50
/** Changes come in bursts; the list is fetched once for each. */
const gatherMs = 200
/** Scrolled further down than this, somebody reads: new rows wait above. */
const readingPx = 80

/** The list of eCoCs, live. `gw-filter` comes out of it with the state that was chosen. */
export class GwOverview extends GwElement {
  static override properties = {
    q: {},
    state: {},
    inbox: {},
    page: { state: true },
    newestShown: { state: true },
    summary: { state: true },
    live: { state: true },
    problem: { state: true },
  }
  declare q: string
  declare state: EcocState | undefined
  /** The watched folder, in the sandbox. */
  declare inbox: string | undefined
  declare page: Page<EcocItem> | undefined
  declare newestShown: string | undefined
  declare summary: Summary | undefined
  declare live: boolean
  declare problem: ApiProblem | undefined
  #fresh: ReadonlySet<string> = new Set()
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The rows shown answer an earlier question. */
  #stale = true
  #openWhenOnly = false
  /** Counts the questions asked: an answer to an older one is not shown. */
  #asked = 0

  constructor() {
    super()
    this.live = false
  }

  static override styles = [base, buttons, overviewStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = followEvents({
      onChange: (change) => this.#changed(change),
      onReload: () => this.#soon(),
      onLive: (live) => (this.live = live),
    })
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('q') && !changed.has('state')) return
    // The rows of the question before stay until the answer is there: nothing flickers while somebody types.
    this.#stale = true
    void this.#refresh()
  }

  #changed({ id, state }: EcocChange): void {
    if (state !== undefined && this.page)
      this.page = { ...this.page, items: this.page.items.map((i) => (i.id === id ? { ...i, state } : i)) }
    this.#soon()
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#refresh()
    }, gatherMs)
  }

  async #refresh(): Promise<void> {
    const asked = ++this.#asked
    try {
      const [summary, first] = await Promise.all([
        getSummary(),
        listEcocs({ q: this.q, state: this.state, limit: pageSize }),
      ])
      if (asked !== this.#asked) return
      this.problem = undefined
      this.summary = summary
      this.#take(first)
      this.#openWanted()
    } catch (error) {
      if (asked === this.#asked) this.problem = problemOf(error)
    }
  }

  #take(first: Page<EcocItem>): void {
    const before = this.#stale ? undefined : this.page
    this.#stale = false
    this.page = before ? mergePage(before, first) : first
    if (before && scrollY > readingPx) {
      this.newestShown ??= before.items[0]?.id
      return
    }
    const known = new Set(before?.items.map((i) => i.id))
    this.#fresh = new Set(before ? this.page.items.filter((i) => !known.has(i.id)).map((i) => i.id) : [])
    this.newestShown = undefined
  }

  #showNew(): void {
    const { held } = holdBack(this.page?.items ?? [], this.newestShown)
    this.#fresh = new Set(held.map((i) => i.id))
    this.newestShown = undefined
    scrollTo({ top: 0 })
  }

  async #more(): Promise<void> {
    const { page } = this
    if (!page || page.next === null) return
    try {
      const next = await listEcocs({ q: this.q, state: this.state, after: page.next, limit: pageSize })
      const now = this.page
      // The list may have been laid anew meanwhile; the rows fit only where the end is still the same.
      if (now?.next === page.next) this.page = { items: [...now.items, ...next.items], next: next.next }
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  /** Opens the only row there is, for who presses Enter in the search; waits for the answer where it is under way. */
  openOnly(): void {
    this.#openWhenOnly = true
    this.#openWanted()
  }

  #openWanted(): void {
    if (!this.#openWhenOnly || this.#stale) return
    this.#openWhenOnly = false
    const [only, second] = this.page?.items ?? []
    if (only && !second) location.hash = hashOf({ page: 'ecoc', id: only.id })
  }

  #head(summary: Summary): TemplateResult {
    const waiting = waitingForPeople(summary.counts)
    const title =
      waiting === 0 ? t('overview.nothing') : waiting === 1 ? t('overview.one') : t('overview.many', { n: waiting })
    return html`<div class="head">
        <h1>${title}</h1>
        <span class="live ${this.live ? 'on' : ''}" role="status">${this.live ? t('live.on') : t('live.off')}</span>
      </div>
      ${summary.issues.map(
        (i) => html`<p class="issue"><b lang="en">${i.issue}</b> <span lang="en">${i.suggestion ?? ''}</span></p>`,
      )}
      <gw-filter-strip .counts=${summary.counts} .total=${summary.total} .selected=${this.state}></gw-filter-strip>`
  }

  #empty(): TemplateResult {
    if (this.q !== '' || this.state !== undefined)
      return html`<div class="empty">
        <h2>${t('empty.filtered')}</h2>
        <p class="quiet">
          ${this.q === '' ? t(`waits.${this.state ?? 'held'}`) : t('empty.filteredHint', { q: this.q })}
        </p>
        <a class="button" href="#/">${t('empty.showAll')}</a>
      </div>`
    return html`<div class="empty">
      <div class="circle">${toneIcon('wait')}</div>
      <h2>${t('empty.title')}</h2>
      ${
        this.inbox === undefined
          ? html`<p class="quiet">${t('empty.push')}</p>`
          : html`<p class="quiet">${t('empty.drop')}</p>
              <p class="path mono">${this.inbox}</p>`
      }
    </div>`
  }

  #list(page: Page<EcocItem>): TemplateResult {
    if (page.items.length === 0) return this.#empty()
    const { shown, held } = holdBack(page.items, this.newestShown)
    const pill = html`<div class="pill">
      <button type="button" class="primary" @click=${() => this.#showNew()}>
        ${icons.up}${t('list.new', { n: held.length })}
      </button>
    </div>`
    // The pill shares a box with the list: in the grid of the page its gap would move what is being read.
    return html`<div>
        ${held.length === 0 ? nothing : pill}
        <div class="card"><gw-ecoc-table .items=${shown} .fresh=${this.#fresh}></gw-ecoc-table></div>
      </div>
      <div class="foot">
        <span class="quiet">${t('list.shown', { n: shown.length })}</span>
        ${
          page.next === null
            ? nothing
            : html`<button type="button" @click=${() => void this.#more()}>${t('list.more')}</button>`
        }
      </div>`
  }

  override render(): TemplateResult {
    return html`<main>
      ${this.summary ? this.#head(this.summary) : html`<h1 class="visually-hidden">eCoC Gateway</h1>`}
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.page ? this.#list(this.page) : this.problem ? nothing : html`<p class="loading quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-overview', GwOverview)
