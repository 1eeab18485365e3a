import { css, html, nothing, type TemplateResult } from 'lit'
import { textsOf } from '../common/form-texts.ts'
import { t } from '../common/i18n.ts'
import { axleFields, mostAxles, neededFields, sheetFields, sheetFrom } from '../common/sheet-form.ts'
import { enterSheet } from '../data/bases.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Finding } from '../data/trace.ts'
import './gw-findings.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import { base, buttons, inputs } from './styles.ts'
import { touch } from './touch.ts'

/** The form of a base data sheet, typed once from the paper. Fires `gw-entered` with the sheet's id. */
export class GwSheetForm extends GwElement {
  static override properties = {
    axles: { state: true },
    findings: { state: true },
    unread: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare axles: number
  declare findings: readonly Finding[]
  declare unread: readonly string[]
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.axles = 2
    this.findings = []
    this.unread = []
    this.busy = false
  }

  static override styles = [
    base,
    buttons,
    inputs,
    touch,
    css`
      form {
        display: grid;
        gap: 16px;
      }
      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
        gap: 12px 16px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset label {
        min-height: 0;
      }
      legend {
        margin-bottom: 6px;
        font-weight: 650;
      }
      .field {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
      }
      textarea {
        font-family: var(--mono);
        font-size: 13px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ]

  async #save(form: HTMLFormElement): Promise<void> {
    if (this.busy) return
    const { sheet, unread } = sheetFrom(textsOf(form))
    this.unread = unread
    if (unread.length > 0) return
    this.busy = true
    this.problem = undefined
    try {
      const { id, findings } = await enterSheet(sheet)
      this.findings = findings
      if (id !== null) this.dispatchEvent(new CustomEvent('gw-entered', { detail: id }))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #field(name: string, label: string, options: { needed?: boolean; about?: string } = {}): TemplateResult {
    return html`<div class="field">
      <label for=${name}
        >${label}${options.about ? html` <span class="quiet">${options.about}</span>` : nothing}${options.needed ? ' *' : ''}</label
      >
      <input
        id=${name}
        name=${name}
        autocomplete="off"
        spellcheck="false"
        ?required=${options.needed ?? false}
        maxlength="200"
      />
    </div>`
  }

  #axle(n: number): TemplateResult {
    return html`<fieldset>
      <legend>${t('axles.axle', { n })}</legend>
      ${axleFields.map(({ name, item, unit }) =>
        this.#field(`axle.${n}.${name}`, t(`sheet.field.${name}`), {
          about: `${item} · ${unit}`,
          needed: name === 'TechnicallyPermissibleMassAxle',
        }),
      )}
    </fieldset>`
  }

  override render(): TemplateResult {
    return html`<form
      @submit=${(e: SubmitEvent) => {
        e.preventDefault()
        void this.#save(e.target as HTMLFormElement)
      }}
    >
      <fieldset>
        <legend>${t('sheet.whose')}</legend>
        ${this.#field('approval', t('signoff.approval'), { needed: true, about: 'e4*2018/858*00001*00' })}
        ${(['type', 'variant', 'version'] as const).map((name) => this.#field(name, t(`signoff.${name}`), { needed: true }))}
        ${this.#field('ManufacturerName', t('facts.manufacturer'), { needed: true })}
        ${this.#field('ManufacturerAddressLine1', t('sheet.address'))}
        ${this.#field('ManufacturerPlaceOfResidence', t('sheet.place'))}
        ${this.#field('ManufacturerCountryOfResidence', t('sheet.country'))}
      </fieldset>
      <fieldset>
        <legend>${t('sheet.vehicle')}</legend>
        ${sheetFields.map(({ name, item, unit }) =>
          this.#field(name, t(`sheet.field.${name}`), {
            about: [item, unit].filter((part) => part !== '').join(' · '),
            needed: neededFields.has(name),
          }),
        )}
      </fieldset>
      ${Array.from({ length: this.axles }, (_, i) => this.#axle(i + 1))}
      <div class="actions">
        <button type="button" ?disabled=${this.axles >= mostAxles} @click=${() => (this.axles += 1)}>
          ${t('sheet.moreAxles')}
        </button>
      </div>
      <div>
        <label for="further">${t('sheet.further')}</label>
        <textarea id="further" name="further" spellcheck="false" aria-describedby="further-hint" rows="4"></textarea>
        <p id="further-hint" class="quiet">${t('sheet.furtherHint')}</p>
        ${this.unread.length === 0 ? nothing : html`<p role="alert">${t('sheet.unread', { line: this.unread[0] ?? '' })}</p>`}
      </div>
      <div>
        <label for="vins">${t('sheet.vins')}</label>
        <textarea id="vins" name="vins" spellcheck="false" aria-describedby="vins-hint"></textarea>
        <p id="vins-hint" class="quiet">${t('sheet.vinsHint')}</p>
      </div>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.findings.length === 0 ? nothing : html`<div role="alert"><gw-findings .findings=${this.findings}></gw-findings></div>`}
      <div class="actions">
        <button type="submit" class="primary" ?disabled=${this.busy}>${t('sheet.enter')}</button>
      </div>
    </form>`
  }
}
customElements.define('gw-sheet-form', GwSheetForm)
