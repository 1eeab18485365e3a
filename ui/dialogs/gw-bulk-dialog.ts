import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { type BulkAsked, type BulkLine, type BulkResult, confirmBulk, previewBulk } from '../data/rejections.ts'
import { dialogStyles } from './dialog-styles.ts'

const shown = 50

/** Shows what a verb would do to many eCoCs before it is done, and then what was done. Fires `gw-done`. */
export class GwBulkDialog extends GwElement {
  static override properties = {
    asked: { state: true },
    preview: { state: true },
    result: { state: true },
    comment: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  declare asked: BulkAsked | undefined
  declare preview: BulkResult | undefined
  declare result: BulkResult | undefined
  declare comment: string
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.comment = ''
    this.busy = false
  }

  static override styles = [
    base,
    buttons,
    inputs,
    dialogStyles,
    css`
      ul {
        max-height: 30vh;
        margin: 0;
        padding-left: 18px;
        overflow: auto;
      }
    `,
  ]

  async open(asked: BulkAsked): Promise<void> {
    this.asked = asked
    this.preview = undefined
    this.result = undefined
    this.comment = ''
    await this.#look()
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #look(): Promise<void> {
    if (!this.asked) return
    this.problem = undefined
    try {
      this.preview = await previewBulk(this.asked)
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  async #do(): Promise<void> {
    const { asked, preview } = this
    if (!asked || !preview || this.busy) return
    this.busy = true
    try {
      this.result = await confirmBulk(asked, preview.hash, this.comment)
      this.dispatchEvent(new CustomEvent('gw-done'))
    } catch (error) {
      const problem = problemOf(error)
      // They moved since: what is shown now is what would be done now.
      if (problem.status === 409) await this.#look()
      this.problem = problem
    } finally {
      this.busy = false
    }
  }

  #lines(lines: readonly BulkLine[]): TemplateResult {
    return html`<ul tabindex="0">
      ${lines.slice(0, shown).map(
        (line) =>
          html`<li>
            <span class="mono">${line.vin}</span>
            <span class="quiet" lang="en">${line.why ?? t(`state.${line.state}`)}</span>
          </li>`,
      )}
      ${lines.length > shown ? html`<li>${t('bulk.more', { n: lines.length - shown })}</li>` : nothing}
    </ul>`
  }

  #content(): TemplateResult | typeof nothing {
    const { result, preview } = this
    const now = result ?? preview
    if (!now) return nothing
    return html`<p role="status">${t(result ? 'bulk.done' : 'bulk.would', { n: now.done.length })}</p>
      ${now.done.length === 0 ? nothing : this.#lines(now.done)}
      ${
        now.refused.length === 0
          ? nothing
          : html`<p>${t('bulk.refused', { n: now.refused.length })}</p>
              ${this.#lines(now.refused)}`
      }
      ${now.more === 0 ? nothing : html`<p>${t('bulk.next', { n: now.more })}</p>`}`
  }

  override render(): TemplateResult {
    const verb = this.asked?.verb ?? 'correct'
    return html`<dialog aria-labelledby="title">
      <form method="dialog" @submit=${(e: Event) => e.preventDefault()}>
        <div>
          <h2 id="title">${t('bulk.title', { verb: t(`verb.${verb}`) })}</h2>
          <p class="quiet">${t('bulk.consequence')}</p>
        </div>
        ${this.#content()}
        ${
          this.result
            ? nothing
            : html`<div>
                <label for="comment">${t('verb.comment')}</label>
                <textarea
                  id="comment"
                  maxlength="2000"
                  .value=${this.comment}
                  @input=${(e: InputEvent) => (this.comment = (e.target as HTMLTextAreaElement).value)}
                ></textarea>
              </div>`
        }
        ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
        <div class="actions">
          <button type="button" class="plain first" @click=${() => this.#close()}>${t('dialog.close')}</button>
          ${
            this.result
              ? nothing
              : html`<button
                  type="button"
                  class="primary"
                  ?disabled=${this.busy || (this.preview?.done.length ?? 0) === 0}
                  @click=${() => void this.#do()}
                >
                  ${t('bulk.confirm', { verb: t(`verb.${verb}`), n: this.preview?.done.length ?? 0 })}
                </button>`
          }
        </div>
      </form>
    </dialog>`
  }
}
customElements.define('gw-bulk-dialog', GwBulkDialog)
