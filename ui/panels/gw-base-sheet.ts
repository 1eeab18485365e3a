import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { attachable } from '../common/file-content.ts'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { vinList } from '../common/sheet-form.ts'
import { flattenFields } from '../common/text.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-hash.ts'
import '../components/gw-problem.ts'
import '../components/gw-sheet-form.ts'
import '../components/gw-time.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, inputs, tables } from '../components/styles.ts'
import { touch } from '../components/touch.ts'
import {
  addVins,
  attachScan,
  decideSheet,
  getSheet,
  scanAddress,
  type SheetDecision,
  type SheetPage,
} from '../data/bases.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import { baseStyles } from './base-styles.ts'
import { flowStyles } from './flow-styles.ts'

/** One base data sheet: the form of a new one, or what was typed beside its scan, for another person to confirm. */
export class GwBaseSheet extends GwElement {
  static override properties = {
    sheet: {},
    session: { attribute: false },
    shown: { state: true },
    comment: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  /** `new` or an id. */
  declare sheet: string
  declare session: Session
  declare shown: SheetPage | undefined
  declare comment: string
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.comment = ''
    this.busy = false
  }

  static override styles = [base, buttons, inputs, tables, flowStyles, touch, baseStyles]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sheet')) return
    this.shown = undefined
    this.problem = undefined
    if (this.sheet !== 'new') void this.#do(() => getSheet(this.sheet))
  }

  async #do(act: () => Promise<SheetPage>): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      this.shown = await act()
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #decide(shown: SheetPage): TemplateResult | typeof nothing {
    const waits = shown.vins.some(({ confirmedBy }) => confirmedBy === null)
    const isOpen = shown.state === 'entered' || (shown.state === 'confirmed' && waits)
    if (!this.session.permissions.includes('signOff') || (!isOpen && shown.state !== 'confirmed')) return nothing
    const button = (decision: SheetDecision, kind: string): TemplateResult =>
      html`<button
        type="button"
        class=${kind}
        ?disabled=${this.busy}
        @click=${() => void this.#do(() => decideSheet(shown, decision, this.comment))}
      >
        ${t(`sheet.do.${decision}`)}
      </button>`
    return html`<section class="card" aria-labelledby="decide">
      <h2 id="decide">${t('signoff.decide')}</h2>
      <p class="quiet">${t('sheet.fourEyes', { who: shown.enteredBy })}</p>
      <div>
        <label for="comment">${t('signoff.comment')}</label>
        <textarea
          id="comment"
          maxlength="2000"
          .value=${this.comment}
          @input=${(e: InputEvent) => (this.comment = (e.target as HTMLTextAreaElement).value)}
        ></textarea>
      </div>
      <div class="verbs">
        ${isOpen ? button('confirm', 'primary') : nothing}${shown.state === 'entered' ? button('refuse', 'danger') : button('withdraw', 'danger')}
      </div>
    </section>`
  }

  #vins(shown: SheetPage): TemplateResult {
    const mayAdd =
      this.session.permissions.includes('operate') && (shown.state === 'entered' || shown.state === 'confirmed')
    return html`<section class="card" aria-labelledby="vehicles">
      <h2 id="vehicles">${t('sheet.vins')}</h2>
      <ul>
        ${shown.vins.map(
          (v) =>
            html`<li class="line">
              <span class="mono">${v.first === v.last ? v.first : `${v.first} – ${v.last}`}</span>
              <span class="quiet">${v.addedBy}</span>
              <span class="state"
                >${v.confirmedBy === null ? t('sheet.is.entered') : t('sheet.confirmedBy', { who: v.confirmedBy })}</span
              >
            </li>`,
        )}
      </ul>
      ${
        mayAdd
          ? html`<form
              @submit=${(e: SubmitEvent) => {
                e.preventDefault()
                const form = e.target as HTMLFormElement
                const vins = vinList((new FormData(form).get('vins') as string | null) ?? '')
                void this.#do(() => addVins(shown.id, vins)).then(() => form.reset())
              }}
            >
              <div>
                <label for="vins">${t('sheet.addVins')}</label>
                <textarea id="vins" name="vins" required spellcheck="false" aria-describedby="vins-hint"></textarea>
                <p id="vins-hint" class="quiet">${t('sheet.vinsHint')}</p>
              </div>
              <div class="verbs"><button type="submit" ?disabled=${this.busy}>${t('sheet.addVins')}</button></div>
            </form>`
          : nothing
      }
    </section>`
  }

  #scan({ scan, id, state }: SheetPage): TemplateResult {
    return html`<section class="card" aria-labelledby="scan">
      <h2 id="scan">${t('sheet.scan')}</h2>
      ${
        scan === null
          ? html`<p class="quiet">${t('sheet.noScan')}</p>`
          : html`<p>
                <a class="button" href=${scanAddress(id)} download=${scan.name}>${icons.download}${scan.name}</a>
              </p>
              <p class="quiet">
                ${scan.addedBy} · <gw-time .at=${scan.at}></gw-time> <gw-hash .value=${scan.sha256}></gw-hash>
              </p>`
      }
      ${
        state === 'entered' && this.session.permissions.includes('operate')
          ? html`<div class="verbs">
              <input
                type="file"
                hidden
                accept=${attachable}
                aria-label=${t('sheet.attachScan')}
                @change=${(e: Event) => {
                  const file = (e.target as HTMLInputElement).files?.[0]
                  if (file) void this.#do(() => attachScan(id, file))
                }}
              />
              <button
                type="button"
                ?disabled=${this.busy}
                @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}
              >
                ${t('sheet.attachScan')}
              </button>
            </div>`
          : nothing
      }
    </section>`
  }

  #page(shown: SheetPage): TemplateResult {
    return html`<div class="head">
        <h1>${shown.variant} · ${shown.version}</h1>
        <span class="state">${t(`sheet.is.${shown.state}`)}</span>
      </div>
      <p class="quiet">
        ${shown.approval} · ${shown.type} · ${t('sheet.enteredBy', { who: shown.enteredBy })}
        <gw-time .at=${shown.enteredAt}></gw-time>
      </p>
      ${shown.decidedBy === null ? nothing : html`<p>${t('sheet.decidedBy', { who: shown.decidedBy })} ${shown.comment ?? ''}</p>`}
      <section class="card" aria-labelledby="data">
        <h2 id="data">${t('sheet.data')}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('sheet.data')}>
          <table>
            <tbody>
              ${flattenFields(shown.data).map(
                ({ name, value }) =>
                  html`<tr>
                    <th scope="row">${name.split('.').slice(-2).join(' · ')}</th>
                    <td>${value}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </section>
      ${this.#scan(shown)}${this.#vins(shown)}${this.#decide(shown)}`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href=${hashOf({ page: 'bases' })}>${icons.back}${t('bases.title')}</a>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${
        this.sheet === 'new'
          ? html`<h1>${t('sheets.new')}</h1>
              <p class="quiet">${t('sheet.about')}</p>
              <section class="card" aria-label=${t('sheets.new')}>
                <gw-sheet-form
                  @gw-entered=${(e: CustomEvent<string>) => (location.hash = hashOf({ page: 'base-sheet', id: e.detail }))}
                ></gw-sheet-form>
              </section>`
          : this.shown
            ? this.#page(this.shown)
            : nothing
      }
    </main>`
  }
}
customElements.define('gw-base-sheet', GwBaseSheet)
