import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import '../components/gw-findings.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { callVerb } from '../data/ecocs.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { EcocTrace } from '../data/trace.ts'
import { dialogStyles } from './dialog-styles.ts'

/**
 * Where a person decides on drift. What is shown when it opens is what is decided on: the hash that is sent is that of the
 * document shown, and the gateway refuses when another one stands there by then. Fires `gw-done`.
 */
export class GwSignOffDialog extends GwElement {
  static override properties = {
    shown: { state: true },
    comment: { state: true },
    missing: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare shown: EcocTrace | undefined
  declare comment: string
  declare missing: boolean
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.comment = ''
    this.missing = false
    this.busy = false
  }

  static override styles = [base, buttons, inputs, dialogStyles]

  /** Opens with the trace as it stands now; later changes of it do not reach the dialog. */
  async open(trace: EcocTrace): Promise<void> {
    this.shown = trace
    this.comment = ''
    this.missing = false
    this.problem = undefined
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  async #decide(decision: 'approve' | 'refuse'): Promise<void> {
    const { shown, comment } = this
    if (!shown?.signOff || this.busy) return
    this.missing = comment.trim() === ''
    if (this.missing) {
      this.renderRoot.querySelector('textarea')?.focus()
      return
    }
    this.busy = true
    try {
      await callVerb(shown.id, 'sign-off', { decision, comment, documentSha256: shown.signOff.documentSha256 })
      this.#close()
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #form(trace: EcocTrace, signOff: NonNullable<EcocTrace['signOff']>): TemplateResult {
    return html`<form
      method="dialog"
      @submit=${(e: Event) => {
        // Enter in a field must never decide.
        e.preventDefault()
      }}
    >
      <div>
        <h2 id="title">${t('signoff.title', { vin: trace.vin })}</h2>
        <p class="quiet">${t('signoff.consequence')}</p>
      </div>
      <section>
        <h3>${t('signoff.findings', { n: signOff.findings.length })}</h3>
        <gw-findings .findings=${signOff.findings}></gw-findings>
      </section>
      <section>
        <h3>${t('signoff.document')}</h3>
        <div class="hash">${signOff.documentSha256}</div>
      </section>
      <div>
        <label for="comment">${t('signoff.comment')}</label>
        <textarea
          id="comment"
          maxlength="2000"
          aria-describedby="why"
          aria-invalid=${this.missing ? 'true' : 'false'}
          .value=${this.comment}
          @input=${(e: InputEvent) => (this.comment = (e.target as HTMLTextAreaElement).value)}
        ></textarea>
        <p id="why" class="quiet">${this.missing ? t('signoff.commentMissing') : t('signoff.commentHint')}</p>
      </div>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      <div class="actions">
        <button type="button" class="plain first" @click=${() => this.#close()}>${t('dialog.close')}</button>
        <button type="button" class="danger" ?disabled=${this.busy} @click=${() => void this.#decide('refuse')}>
          ${t('signoff.refuse')}
        </button>
        <button type="button" class="primary" ?disabled=${this.busy} @click=${() => void this.#decide('approve')}>
          ${t('signoff.approve')}
        </button>
      </div>
    </form>`
  }

  override render(): TemplateResult {
    const { shown } = this
    return html`<dialog aria-labelledby="title">${shown?.signOff ? this.#form(shown, shown.signOff) : ''}</dialog>`
  }
}
customElements.define('gw-sign-off-dialog', GwSignOffDialog)
