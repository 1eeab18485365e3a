import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { modes, switchMode, type Flow, type Mode } from '../data/flows.ts'
import { GwDialog } from './gw-dialog.ts'

/** Says what each mode means before a flow is switched. Fires `gw-done`. */
export class GwModeDialog extends GwDialog {
  static override properties = { flow: { state: true }, mode: { state: true } }
  declare flow: Flow | undefined
  declare mode: Mode

  async open(flow: Flow): Promise<void> {
    this.flow = flow
    this.mode = flow.mode
    await this.show()
  }

  async #switch(flow: Flow): Promise<void> {
    const { mode } = this
    if (mode !== flow.mode) await this.run(() => switchMode(flow.flow, mode))
  }

  override render(): TemplateResult {
    const { flow } = this
    if (!flow) return html`<dialog></dialog>`
    const isCutover = this.mode === 'live' && flow.mode !== 'live'
    return this.frame({
      title: t('mode.title', { flow: flow.flow }),
      onSubmit: () => void this.#switch(flow),
      content: html`<fieldset>
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
        }`,
      actions: html`<button type="submit" class="primary" ?disabled=${this.busy || this.mode === flow.mode}>
        ${t('mode.switch')}
      </button>`,
    })
  }
}
customElements.define('gw-mode-dialog', GwModeDialog)
