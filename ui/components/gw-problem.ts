import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { ApiProblem } from '../data/http.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

/** A problem as the gateway told it: what happened, what to do, the code. */
export class GwProblem extends GwElement {
  static override properties = { problem: { attribute: false } }
  declare problem: ApiProblem | undefined

  static override styles = [
    base,
    css`
      div {
        padding: 8px 12px;
        border-left: 3px solid var(--person);
        border-radius: 4px;
        background: var(--person-bg);
        color: var(--person);
      }
      .code {
        margin-left: 6px;
        opacity: 0.9;
      }
    `,
  ]

  override render(): TemplateResult | typeof nothing {
    const { problem } = this
    if (!problem) return nothing
    const detail = problem.code === 'offline' ? t('problem.offline') : problem.detail
    return html`<div role="alert">
      <b>${detail}</b> ${problem.hint ?? ''}
      ${problem.code === '' || problem.code === 'offline' ? nothing : html`<span class="code mono">${problem.code}</span>`}
    </div>`
  }
}
customElements.define('gw-problem', GwProblem)
