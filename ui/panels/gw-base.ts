import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import '../components/gw-budget.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-hash.ts'
import '../components/gw-problem.ts'
import '../components/gw-time.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { touch } from '../components/touch.ts'
import { baseAddress, getBase, retrieveBase, type BaseOf } from '../data/bases.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import { baseStyles } from './base-styles.ts'
import { flowStyles } from './flow-styles.ts'

/** The base of one vehicle: what is kept, what it leaves to the body, what was corrected. */
export class GwBase extends GwElement {
  static override properties = {
    vin: {},
    session: { attribute: false },
    known: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare vin: string
  declare session: Session
  declare known: BaseOf | undefined
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.busy = false
  }

  static override styles = [base, buttons, flowStyles, touch, baseStyles]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('vin')) return
    this.known = undefined
    void this.#do(() => Promise.resolve())
  }

  async #do(act: () => Promise<unknown>): Promise<void> {
    const { vin } = this
    this.busy = true
    try {
      await act()
      const known = await getBase(vin)
      if (vin === this.vin) this.known = known
      this.problem = undefined
    } catch (error) {
      if (vin === this.vin) this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #kept({ kept, earlier, announced, vin }: BaseOf): TemplateResult {
    return html`<section class="card" aria-labelledby="kept">
      <h2 id="kept">${t('base.kept')}</h2>
      ${kept.length === 0 ? html`<p>${t('base.none')}</p>` : nothing}
      ${
        announced === null
          ? nothing
          : html`<p class="quiet">
              ${t(`base.announced.${announced.state}`, { who: announced.by })} <gw-time .at=${announced.at}></gw-time>
              ${announced.problem === null ? nothing : html`<span lang="en">${announced.problem}</span>`}
            </p>`
      }
      <ul>
        ${[...kept, ...earlier].map(
          (b) =>
            html`<li class="line">
              <b>${t('merged.stage', { n: b.stage })}</b> <span>${b.origin}</span>
              <gw-time class="quiet" .at=${b.at}></gw-time><gw-hash .value=${b.sha256}></gw-hash>
              ${b.replacedAt === null ? nothing : html`<span class="quiet">${t('base.replaced')} <gw-time .at=${b.replacedAt}></gw-time></span>`}
            </li>`,
        )}
      </ul>
      <div class="verbs">
        ${kept.length === 0 ? nothing : html`<a class="button" href=${baseAddress(vin)} download>${icons.download}${t('base.download')}</a>`}
        ${
          this.session.permissions.includes('operate')
            ? html`<button type="button" ?disabled=${this.busy} @click=${() => void this.#do(() => retrieveBase(vin))}>
                ${t('bases.ask')}
              </button>`
            : nothing
        }
      </div>
    </section>`
  }

  #page(known: BaseOf): TemplateResult {
    const { budget, issues } = known
    return html`<h1><gw-vin .vin=${known.vin}></gw-vin></h1>
      ${issues.map(
        (i) =>
          html`<section class="card" aria-label=${i.code}>
            <p lang="en"><b>${i.text}</b> ${i.nextStep}</p>
            <p><a href=${hashOf({ page: 'ecoc', id: i.ecocId })}>${t('signoff.toEcoc')}</a></p>
          </section>`,
      )}
      ${
        budget === null
          ? nothing
          : html`<section class="card" aria-labelledby="budget">
              <h2 id="budget">${t('budget.title')}</h2>
              <p class="quiet">${t('budget.about', { origin: budget.origin })}</p>
              <gw-budget .lines=${budget.lines}></gw-budget>
            </section>`
      }
      ${this.#kept(known)}`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href=${hashOf({ page: 'bases' })}>${icons.back}${t('bases.title')}</a>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.known ? this.#page(this.known) : this.problem ? nothing : html`<p class="quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-base', GwBase)
