import { css, html, nothing, type TemplateResult } from 'lit'
import { textsOf } from '../common/form-texts.ts'
import { t } from '../common/i18n.ts'
import { weighingFrom } from '../common/weighing.ts'
import { touch } from '../components/touch.ts'
import { recordWeighing } from '../data/sign-offs.ts'
import { GwDialog } from './gw-dialog.ts'

const fields = [
  { name: 'grossMass', unit: 'kg', needed: true },
  { name: 'fuelLevel', unit: '%' },
  { name: 'fuelMassFull', unit: 'kg' },
  { name: 'driverMass', unit: 'kg' },
  { name: 'optionalMass', unit: 'kg' },
  { name: 'ticket' },
  { name: 'scale' },
  { name: 'calibratedUntil', type: 'date' },
  { name: 'weighedOn', type: 'date' },
] as const

/** Records a weighing at the weighbridge. The vehicle's eCoC is judged anew with it. Fires `gw-done`. */
export class GwWeighingDialog extends GwDialog {
  static override properties = { vin: { state: true } }
  /** Empty: it is asked for. */
  declare vin: string
  constructor() {
    super()
    this.vin = ''
  }

  static override styles = [
    ...GwDialog.styles,
    touch,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
        gap: 12px 16px;
      }
      .wide {
        grid-column: 1 / -1;
      }
    `,
  ]

  async open(vin = ''): Promise<void> {
    this.vin = vin
    await this.show()
    const form = this.renderRoot.querySelector('form')
    form?.reset()
    form?.querySelector<HTMLInputElement>(vin === '' ? '#vin' : '#grossMass')?.focus()
  }

  async #save(): Promise<void> {
    const form = this.renderRoot.querySelector('form')
    if (!form) return
    await this.run(() => recordWeighing(weighingFrom({ vin: this.vin, ...textsOf(form) })))
  }

  #field({
    name,
    unit,
    type,
    needed,
  }: {
    name: (typeof fields)[number]['name']
    unit?: string
    type?: string
    needed?: boolean
  }): TemplateResult {
    return html`<div>
      <label for=${name}
        >${t(`weighing.${name}`)}${unit === undefined ? nothing : html` <span class="quiet">${unit}</span>`}</label
      >
      <input
        id=${name}
        name=${name}
        type=${type ?? 'text'}
        inputmode=${unit === undefined ? 'text' : 'decimal'}
        autocomplete="off"
        maxlength="100"
        ?required=${needed ?? false}
      />
    </div>`
  }

  override render(): TemplateResult {
    return this.frame({
      title: this.vin === '' ? t('weighing.title') : t('weighing.titleOf', { vin: this.vin }),
      about: t('weighing.about'),
      onSubmit: () => void this.#save(),
      content: html`<div class="fields">
        ${
          this.vin !== ''
            ? nothing
            : html`<div class="wide">
                <label for="vin">${t('list.vin')}</label>
                <input id="vin" name="vin" class="mono" required maxlength="17" autocomplete="off" spellcheck="false" />
              </div>`
        }
        ${fields.map((field) => this.#field(field))}
      </div>`,
      actions: html`<button type="submit" class="primary" ?disabled=${this.busy}>${t('weighing.save')}</button>`,
    })
  }
}
customElements.define('gw-weighing-dialog', GwWeighingDialog)
