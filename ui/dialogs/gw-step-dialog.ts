import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { noteStep, type Step } from '../data/flows.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { dialogStyles } from './dialog-styles.ts'

/** Notes owner, date and proof of a step to going live, and ticks it where a person has to. Fires `gw-done`. */
export class GwStepDialog extends GwElement {
  static override properties = {
    step: { state: true },
    point: { state: true },
    done: { state: true },
    owner: { state: true },
    date: { state: true },
    proof: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare step: Step | undefined
  declare point: string
  declare done: boolean
  declare owner: string
  declare date: string
  declare proof: string
  declare busy: boolean
  declare problem: ApiProblem | undefined
  #flow = ''

  static override styles = [base, buttons, inputs, dialogStyles]

  async open(flow: string, point: string, step: Step): Promise<void> {
    this.#flow = flow
    this.point = point
    this.step = step
    this.done = step.done
    this.owner = step.owner ?? ''
    this.date = step.date ?? ''
    this.proof = step.proof ?? ''
    this.busy = false
    this.problem = undefined
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #save(): Promise<void> {
    const { step, point: accessPoint, owner, date, proof } = this
    if (!step || this.busy) return
    this.busy = true
    const ticked = step.derived || this.done === step.done ? {} : { done: this.done }
    try {
      await noteStep(this.#flow, step.step, { accessPoint, owner, date, proof, ...ticked })
      this.renderRoot.querySelector('dialog')?.close()
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
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

  override render(): TemplateResult | typeof nothing {
    const { step } = this
    if (!step) return html`<dialog></dialog>`
    return html`<dialog aria-labelledby="title">
      <form
        method="dialog"
        @submit=${(e: Event) => {
          e.preventDefault()
          void this.#save()
        }}
      >
        <div>
          <h2 id="title">${t(`golive.${step.step}`)}</h2>
          <p class="quiet">${t(`golive.${step.step}.about`)}</p>
        </div>
        ${
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
        ${this.#field('owner', 'text', 200)}${this.#field('date', 'date', 10)}${this.#field('proof', 'text', 2000)}
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>
            ${t('dialog.close')}
          </button>
          <button type="submit" class="primary" ?disabled=${this.busy}>${t('golive.save')}</button>
        </div>
      </form>
    </dialog>`
  }
}
customElements.define('gw-step-dialog', GwStepDialog)
