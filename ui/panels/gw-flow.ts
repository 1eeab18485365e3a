import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { language, onLanguage, t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-go-live.ts'
import '../components/gw-mode-chip.ts'
import '../components/gw-problem.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, tables } from '../components/styles.ts'
import {
  getFlow,
  getMatchRate,
  reportAddress,
  type Flow,
  type MatchRate,
  type Point,
  type Step,
} from '../data/flows.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import '../dialogs/gw-mode-dialog.ts'
import type { GwModeDialog } from '../dialogs/gw-mode-dialog.ts'
import '../dialogs/gw-step-dialog.ts'
import type { GwStepDialog } from '../dialogs/gw-step-dialog.ts'
import { flowStyles } from './flow-styles.ts'

const percent = (rate: number | null): string => (rate === null ? '–' : `${rate} %`)

/** One flow: how it is run, how its parallel run agrees, and what is left to do before it goes live. */
export class GwFlow extends GwElement {
  static override properties = {
    flow: {},
    session: { attribute: false },
    standing: { state: true },
    match: { state: true },
    problem: { state: true },
  }
  declare flow: string
  declare session: Session
  declare standing: Flow | undefined
  declare match: MatchRate | undefined
  declare problem: ApiProblem | undefined
  #unheard: (() => void) | undefined

  static override styles = [base, buttons, tables, flowStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    // The labels of the fields come from the gateway, in the language of the page.
    this.#unheard = onLanguage(() => void this.#load())
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unheard?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('flow')) return
    this.standing = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const { flow } = this
    const first = this.standing === undefined
    try {
      const [standing, match] = await Promise.all([getFlow(flow), getMatchRate(flow, language())])
      if (flow !== this.flow) return
      this.standing = standing
      this.match = match
      this.problem = undefined
      document.title = `${flow} · eCoC Gateway`
      await this.updateComplete
      if (first) this.renderRoot.querySelector('h1')?.focus()
    } catch (error) {
      if (flow === this.flow) this.problem = problemOf(error)
    }
  }

  #numbers(flow: Flow): TemplateResult {
    const rows: readonly (readonly [string, string | number])[] = [
      [t('flow.compared'), flow.vehicles],
      [t('flow.equal'), flow.equal],
      [t('flow.rate'), percent(flow.rate)],
      [t('flow.withoutDocument'), flow.withoutDocument],
      [t('flow.held'), flow.held],
      [t('flow.earlier'), flow.earlier.documents],
      [t('flow.earlierAccepted'), flow.earlier.accepted],
      [t('flow.continued'), flow.earlier.continued],
      [t('flow.undelivered'), flow.undelivered],
    ]
    return html`<section class="card" aria-labelledby="parallel">
      <div class="head">
        <h2 id="parallel">${t('flow.parallel')}</h2>
        <div class="verbs">
          <a class="button" href=${reportAddress(flow.flow, 'html')} download>${icons.download}HTML</a>
          <a class="button" href=${reportAddress(flow.flow, 'csv')} download>${icons.download}CSV</a>
        </div>
      </div>
      <dl>
        ${rows.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      ${this.#fields()} ${this.#days()}
    </section>`
  }

  #table(title: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[]): TemplateResult {
    return html`<h3>${title}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table>
          <thead>
            <tr>
              ${heads.map((head, i) => html`<th scope="col" class=${i === 0 ? '' : 'number'}>${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell, i) => html`<td class=${i === 0 ? '' : 'number'}>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }

  #fields(): TemplateResult | typeof nothing {
    const fields = (this.match?.fields ?? []).filter((f) => f.differing > 0)
    if (fields.length === 0) return nothing
    return this.#table(
      t('flow.byField'),
      [t('flow.field'), t('flow.compared'), t('flow.differing'), t('flow.rate')],
      fields.map((f) => [`${f.label} (${f.element})`, f.vehicles, f.differing, percent(f.rate)]),
    )
  }

  #days(): TemplateResult | typeof nothing {
    const days = this.match?.days ?? []
    if (days.length === 0) return nothing
    return this.#table(
      t('flow.byDay'),
      [t('flow.day'), t('flow.compared'), t('flow.equal'), t('flow.rate')],
      days.toReversed().map((d) => [d.day, d.vehicles, d.equal, percent(d.rate)]),
    )
  }

  #note(point: Point, step: Step): void {
    void this.renderRoot.querySelector<GwStepDialog>('gw-step-dialog')?.open(this.flow, point.accessPoint, step)
  }

  #page(flow: Flow): TemplateResult {
    const may = (permission: string): boolean => this.session.permissions.includes(permission)
    return html`<div class="head">
        <div class="title">
          <h1 tabindex="-1">${flow.flow}</h1>
          <gw-mode-chip .mode=${flow.mode} always></gw-mode-chip>
          <span class="quiet">${flow.title} · ${flow.version}</span>
        </div>
        ${
          may('admin')
            ? html`<button
                type="button"
                @click=${() => void this.renderRoot.querySelector<GwModeDialog>('gw-mode-dialog')?.open(flow)}
              >
                ${t('mode.switch')}
              </button>`
            : nothing
        }
      </div>
      <p class="quiet">${t(`mode.${flow.mode}.about`)}</p>
      ${flow.accessPoints.map(
        (point) =>
          html`<gw-go-live
            .point=${point}
            .may=${may('operate')}
            @gw-note=${(e: CustomEvent<Step>) => this.#note(point, e.detail)}
          ></gw-go-live>`,
      )}
      ${this.#numbers(flow)}
      <gw-mode-dialog @gw-done=${() => void this.#load()}></gw-mode-dialog>
      <gw-step-dialog @gw-done=${() => void this.#load()}></gw-step-dialog>`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href=${hashOf({ page: 'flows' })}>${icons.back}${t('flows.title')}</a>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.standing ? this.#page(this.standing) : this.problem ? nothing : html`<p class="quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-flow', GwFlow)
