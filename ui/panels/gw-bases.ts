import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { vinList } from '../common/sheet-form.ts'
import '../components/gw-findings.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import '../components/gw-time.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { touch } from '../components/touch.ts'
import {
  announce,
  listBaseIssues,
  listMissing,
  listSheets,
  retrieveBase,
  uploadBase,
  type BaseIssue,
  type MissingBase,
  type Sheet,
  type TakenBase,
} from '../data/bases.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import { baseStyles } from './base-styles.ts'
import { flowStyles } from './flow-styles.ts'

/** Base eCoCs: which are missing and since when, bringing and asking for them, data sheets, later corrections. */
export class GwBases extends GwElement {
  static override properties = {
    session: { attribute: false },
    missing: { state: true },
    sheets: { state: true },
    issues: { state: true },
    taken: { state: true },
    said: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare session: Session
  declare missing: readonly MissingBase[] | undefined
  declare sheets: readonly Sheet[]
  declare issues: readonly BaseIssue[]
  declare taken: readonly TakenBase[]
  declare said: string
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.sheets = []
    this.issues = []
    this.taken = []
    this.said = ''
    this.busy = false
  }

  static override styles = [base, buttons, inputs, flowStyles, touch, baseStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#do(() => Promise.resolve())
  }

  /** Does it, and shows how things stand afterwards. */
  async #do(act: () => Promise<unknown>): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await act()
      const [missing, sheets, issues] = await Promise.all([listMissing(), listSheets(), listBaseIssues()])
      this.missing = missing
      this.sheets = sheets
      this.issues = issues
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #retrieve(vin: string): void {
    void this.#do(async () => (this.taken = [await retrieveBase(vin)]))
  }
  #upload(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])]
    void this.#do(async () => {
      const taken: TakenBase[] = []
      for (const file of files) taken.push(await uploadBase(file))
      this.taken = taken
    }).finally(() => (input.value = ''))
  }
  #announce(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const vins = vinList((new FormData(form).get('vins') as string | null) ?? '')
    void this.#do(async () => {
      const { announced } = await announce(vins)
      this.said = t('bases.announced', { n: announced })
      form.reset()
    })
  }

  #missing(one: MissingBase, mayOperate: boolean): TemplateResult {
    return html`<li class="line">
      <a href=${hashOf({ page: 'base', vin: one.vin })} aria-label=${one.vin}><gw-vin .vin=${one.vin}></gw-vin></a>
      <span class="age">${t(one.ageDays === 1 ? 'bases.day' : 'bases.days', { n: one.ageDays ?? 0 })}</span>
      ${one.ecocId === null ? nothing : html`<a href=${hashOf({ page: 'ecoc', id: one.ecocId })}>${t('bases.holds')}</a>`}
      ${one.note === null || one.note === '' ? nothing : html`<span class="quiet">${one.note}</span>`}
      ${
        mayOperate
          ? html`<button
              type="button"
              ?disabled=${this.busy}
              aria-label=${`${t('bases.ask')}: ${one.vin}`}
              @click=${() => this.#retrieve(one.vin)}
            >
              ${t('bases.ask')}
            </button>`
          : nothing
      }
      ${one.problem === null ? nothing : html`<p class="quiet" lang="en">${one.problem}</p>`}
    </li>`
  }

  #taken(one: TakenBase): TemplateResult {
    return html`<div>
      <p>
        <b>${one.vin ?? '–'}</b>
        ${one.ok && one.outcome !== null ? t(`bases.taken.${one.outcome}`) : t('bases.notTaken')}
      </p>
      ${one.findings.length === 0 ? nothing : html`<gw-findings .findings=${one.findings}></gw-findings>`}
      ${one.failures.map((failure) => html`<p class="quiet" lang="en">${failure}</p>`)}
    </div>`
  }

  #bring(): TemplateResult {
    return html`<section class="card" aria-labelledby="bring">
      <h2 id="bring">${t('bases.bring')}</h2>
      <form @submit=${(e: SubmitEvent) => this.#announce(e)}>
        <div>
          <label for="vins">${t('bases.announce')}</label>
          <textarea id="vins" name="vins" required spellcheck="false" aria-describedby="vins-hint"></textarea>
          <p id="vins-hint" class="quiet">${t('bases.announceHint')}</p>
        </div>
        <div class="verbs">
          <button type="submit" ?disabled=${this.busy}>${t('bases.announceDo')}</button>
          <input
            type="file"
            hidden
            multiple
            accept=".xml,application/xml,text/xml"
            aria-label=${t('bases.upload')}
            @change=${(e: Event) => this.#upload(e.target as HTMLInputElement)}
          />
          <button
            type="button"
            ?disabled=${this.busy}
            @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}
          >
            ${t('bases.upload')}
          </button>
        </div>
      </form>
    </section>`
  }

  #sheets(mayOperate: boolean): TemplateResult {
    return html`<section class="card" aria-labelledby="sheets">
      <div class="head">
        <h2 id="sheets">${t('sheets.title')}</h2>
        ${mayOperate ? html`<a class="button" href=${hashOf({ page: 'base-sheet', id: 'new' })}>${t('sheets.new')}</a>` : nothing}
      </div>
      <p class="quiet">${t('sheets.about')}</p>
      <ul>
        ${this.sheets.map(
          (s) =>
            html`<li class="line">
              <a href=${hashOf({ page: 'base-sheet', id: s.id })}>${s.variant} · ${s.version}</a>
              <span class="quiet">${s.approval} · ${s.type}</span>
              <span class="state">${t(`sheet.is.${s.state}`)}</span>
              <span class="quiet">${s.enteredBy} <gw-time .at=${s.enteredAt}></gw-time></span>
            </li>`,
        )}
      </ul>
    </section>`
  }

  override render(): TemplateResult {
    const mayOperate = this.session.permissions.includes('operate')
    const { missing, issues } = this
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('bases.title')}</h1>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      <div role="status">${this.said}${this.taken.map((one) => this.#taken(one))}</div>
      ${
        issues.length === 0
          ? nothing
          : html`<section class="card" aria-labelledby="issues">
              <h2 id="issues">${t('bases.corrected')}</h2>
              <ul>
                ${issues.map(
                  (i) =>
                    html`<li class="line">
                      <a href=${hashOf({ page: 'ecoc', id: i.ecocId })} aria-label=${i.vin}
                        ><gw-vin .vin=${i.vin}></gw-vin
                      ></a>
                      <span class="quiet mono">${i.code}</span><gw-time class="quiet" .at=${i.at}></gw-time>
                      <p lang="en">${i.text} ${i.nextStep}</p>
                    </li>`,
                )}
              </ul>
            </section>`
      }
      <section class="card" aria-labelledby="missing">
        <h2 id="missing">${t('bases.missing', { n: missing?.length ?? 0 })}</h2>
        ${missing?.length === 0 ? html`<p class="quiet">${t('bases.none')}</p>` : nothing}
        <ul>
          ${(missing ?? []).map((one) => this.#missing(one, mayOperate))}
        </ul>
      </section>
      ${mayOperate ? this.#bring() : nothing} ${this.#sheets(mayOperate)}
    </main>`
  }
}
customElements.define('gw-bases', GwBases)
