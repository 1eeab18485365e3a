import { css, html, nothing, type TemplateResult } from 'lit'
import { language, onLanguage, t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-explanation.ts'
import '../components/gw-problem.ts'
import '../components/gw-time.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { listRejections, rejectedOf, type RejectedVehicle, type RejectionGroup } from '../data/rejections.ts'
import type { Session } from '../data/session.ts'
import '../dialogs/gw-bulk-dialog.ts'
import type { GwBulkDialog } from '../dialogs/gw-bulk-dialog.ts'
import { flowStyles } from './flow-styles.ts'

/** What access points refused, by cause: one cause over many vehicles is one thing to mend. */
export class GwRejections extends GwElement {
  static override properties = {
    session: { attribute: false },
    items: { state: true },
    vehicles: { state: true },
    problem: { state: true },
  }
  declare session: Session
  declare items: readonly RejectionGroup[] | undefined
  /** By group, once it was unfolded. */
  declare vehicles: ReadonlyMap<string, readonly RejectedVehicle[]>
  declare problem: ApiProblem | undefined
  #stop: (() => void) | undefined

  constructor() {
    super()
    this.vehicles = new Map()
  }

  static override styles = [
    base,
    buttons,
    flowStyles,
    css`
      .count {
        font-size: 17px;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .ecocs {
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        gap: 6px 16px;
        padding-top: 8px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    // The words come from the gateway, in the language of the page.
    this.#stop = onLanguage(() => void this.#load())
    void this.#load()
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  async #load(): Promise<void> {
    try {
      this.items = (await listRejections(language())).items
      this.vehicles = new Map()
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  async #unfold(event: Event, key: string): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open || this.vehicles.has(key)) return
    try {
      this.vehicles = new Map([...this.vehicles, [key, await rejectedOf(key)]])
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #bulk(verb: 'correct' | 'replay', key: string): void {
    void this.renderRoot.querySelector<GwBulkDialog>('gw-bulk-dialog')?.open({ verb, filter: { rejection: key } })
  }

  #group(group: RejectionGroup): TemplateResult {
    const { key, count, accessPoint, explanation } = group
    const title = explanation.label ?? explanation.whoseLabel
    return html`<section class="card" aria-label=${`${title}, ${accessPoint}`}>
      <div class="head">
        <div class="title">
          <h2>${title}</h2>
          <span class="quiet">${accessPoint}</span>
        </div>
        <span class="count">${t(count === 1 ? 'rejection.one' : 'rejection.many', { n: count })}</span>
      </div>
      <gw-explanation .explanation=${explanation}></gw-explanation>
      <p class="quiet"><gw-time .at=${group.first}></gw-time> – <gw-time .at=${group.last}></gw-time></p>
      <details @toggle=${(e: Event) => void this.#unfold(e, key)}>
        <summary>${t('rejection.vehicles')}</summary>
        <ul class="ecocs">
          ${(this.vehicles.get(key) ?? []).map(
            (v) =>
              html`<li>
                <a href=${hashOf({ page: 'ecoc', id: v.id })} aria-label=${v.vin}><gw-vin .vin=${v.vin}></gw-vin></a>
              </li>`,
          )}
        </ul>
      </details>
      ${
        this.session.permissions.includes('operate')
          ? html`<div class="verbs">
              <button type="button" @click=${() => this.#bulk('correct', key)}>${t('rejection.correctAll')}</button>
            </div>`
          : nothing
      }
    </section>`
  }

  override render(): TemplateResult {
    const { items } = this
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('rejections.title')}</h1>
      <p class="quiet">${t('rejections.about')}</p>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${items?.length === 0 ? html`<p class="card">${t('rejections.none')}</p>` : (items ?? []).map((g) => this.#group(g))}
      <gw-bulk-dialog @gw-done=${() => void this.#load()}></gw-bulk-dialog>
    </main>`
  }
}
customElements.define('gw-rejections', GwRejections)
