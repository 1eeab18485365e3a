import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { noteStep, type Step } from '../data/flows.ts'
import { GwDialog } from './gw-dialog.ts'

/** Notes owner, date and proof of a step to going live, and ticks it where a person has to. Fires `gw-done`. */
export class GwStepDialog extends GwDialog {
  static override properties = {
    step: { state: true },
    point: { state: true },
    done: { state: true },
    owner: { state: true },
    date: { state: true },
    proof: { state: true },
  }
  declare step: Step | undefined
  declare point: string
  declare done: boolean
  declare owner: string
  declare date: string
  declare proof: string
  #flow = ''

  async open(flow: string, point: string, step: Step): Promise<void> {
    this.#flow = flow
    this.point = point
    this.step = step
    this.done = step.done
    this.owner = step.owner ?? ''
    this.date = step.date ?? ''
    this.proof = step.proof ?? ''
    await this.show()
  }

  async #save(step: Step): Promise<void> {
    const { point: accessPoint, owner, date, proof } = this
    const ticked = step.derived || this.done === step.done ? {} : { done: this.done }
    await this.run(() => noteStep(this.#flow, step.step, { accessPoint, owner, date, proof, ...ticked }))
  }

  #field(id: 'owner' | 'date' | 'proof', type: string, max: number): TemplateResult {
    return html`<div>
      <label for=${id}>${t(`golive.${id}`)}</label>
      <input
        id=${id}
        type=${type}
        maxlength=${max}
        .value=${this[id]}
        @input=${(e: InputEvent) => (this[id] = (e.target as HTMLInputElement).value)}
      />
    </div>`
  }

  override render(): TemplateResult {
    const { step } = this
    if (!step) return html`<dialog></dialog>`
    return this.frame({
      title: t(`golive.${step.step}`),
      about: t(`golive.${step.step}.about`),
      onSubmit: () => void this.#save(step),
      content: html`${
        step.derived
          ? nothing
          : html`<fieldset>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.done}
                  @change=${(e: Event) => (this.done = (e.target as HTMLInputElement).checked)}
                /><span>${t('golive.done')}</span></label
              >
            </fieldset>`
      }
      ${this.#field('owner', 'text', 200)}${this.#field('date', 'date', 10)}${this.#field('proof', 'text', 2000)}`,
      actions: html`<button type="submit" class="primary" ?disabled=${this.busy}>${t('golive.save')}</button>`,
    })
  }
}
customElements.define('gw-step-dialog', GwStepDialog)
