import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { modes, switchMode, type Flow, type Mode } from '../data/flows.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { dialogStyles } from './dialog-styles.ts'

/** Says what each mode means before a flow is switched. Fires `gw-done`. */
export class GwModeDialog extends GwElement {
  static override properties = {
    flow: { state: true },
    mode: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare flow: Flow | undefined
  declare mode: Mode
  declare busy: boolean
  declare problem: ApiProblem | undefined

  static override styles = [base, buttons, inputs, dialogStyles]

  async open(flow: Flow): Promise<void> {
    this.flow = flow
    this.mode = flow.mode
    this.busy = false
    this.problem = undefined
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #switch(): Promise<void> {
    const { flow, mode } = this
    if (!flow || this.busy || mode === flow.mode) return
    this.busy = true
    try {
      await switchMode(flow.flow, mode)
      this.renderRoot.querySelector('dialog')?.close()
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  override render(): TemplateResult {
    const { flow } = this
    if (!flow) return html`<dialog></dialog>`
    const isCutover = this.mode === 'live' && flow.mode !== 'live'
    return html`<dialog aria-labelledby="title">
      <form
        method="dialog"
        @submit=${(e: Event) => {
          e.preventDefault()
          void this.#switch()
        }}
      >
        <h2 id="title">${t('mode.title', { flow: flow.flow })}</h2>
        <fieldset>
          <legend class="quiet">${t('mode.question')}</legend>
          ${modes.map(
            (mode) =>
              html`<label
                ><input
                  type="radio"
                  name="mode"
                  .checked=${this.mode === mode}
                  @change=${() => (this.mode = mode)}
                /><span><b>${t(`mode.${mode}`)}</b> – ${t(`mode.${mode}.about`)}</span></label
              >`,
          )}
        </fieldset>
        ${
          isCutover
            ? html`<p>${t('mode.cutover', { accepted: flow.earlier.accepted, undelivered: flow.undelivered })}</p>`
            : nothing
        }
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>
            ${t('dialog.close')}
          </button>
          <button type="submit" class="primary" ?disabled=${this.busy || this.mode === flow.mode}>
            ${t('mode.switch')}
          </button>
        </div>
      </form>
    </dialog>`
  }
}
customElements.define('gw-mode-dialog', GwModeDialog)
