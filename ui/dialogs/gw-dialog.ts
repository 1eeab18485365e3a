import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { dialogStyles } from './dialog-styles.ts'

/** What a dialog shows within the common frame. */
export interface DialogContent {
  readonly title: string
  readonly about?: string
  readonly content?: unknown
  /** The buttons that do something; closing is always there. */
  readonly actions?: unknown
  /** What Enter in a field does. Without it Enter does nothing: where a wrong key must not decide. */
  readonly onSubmit?: () => void
}

/** The frame that every dialog shares: title, content, problem, buttons. A subclass fires `gw-done` through `run`. */
export abstract class GwDialog extends GwElement {
  static override properties: PropertyDeclarations = { busy: { state: true }, problem: { state: true } }
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.busy = false
  }

  static override styles = [base, buttons, inputs, dialogStyles]

  /** Opens with what the subclass has set. */
  protected async show(): Promise<void> {
    this.busy = false
    this.problem = undefined
    await this.updateComplete
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog?.open === false) dialog.showModal()
  }

  protected close(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  /**
   * Does one thing at a time. Done: the dialog closes, unless it stays to show what was done, and `gw-done` is fired.
   * Refused: the problem is shown and nothing that was typed is lost.
   */
  protected async run(act: () => Promise<unknown>, stay = false): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = undefined
    try {
      await act()
    } catch (error) {
      this.problem = problemOf(error)
      return false
    } finally {
      this.busy = false
    }
    if (!stay) this.close()
    this.dispatchEvent(new CustomEvent('gw-done'))
    return true
  }

  protected frame({ title, about, content, actions, onSubmit }: DialogContent): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <form
        method="dialog"
        @submit=${(e: Event) => {
          e.preventDefault()
          onSubmit?.()
        }}
      >
        <div>
          <h2 id="title">${title}</h2>
          ${about === undefined ? nothing : html`<p class="quiet">${about}</p>`}
        </div>
        ${content ?? nothing} ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.close()}>${t('dialog.close')}</button>
          ${actions ?? nothing}
        </div>
      </form>
    </dialog>`
  }
}
