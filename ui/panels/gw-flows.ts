import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-mode-chip.ts'
import '../components/gw-problem.ts'
import { icons } from '../components/icons.ts'
import { base } from '../components/styles.ts'
import { listFlows, type FlowLine } from '../data/flows.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { flowStyles } from './flow-styles.ts'

/** The flows of this gateway and how each is run. */
export class GwFlows extends GwElement {
  static override properties = { items: { state: true }, problem: { state: true } }
  declare items: readonly FlowLine[] | undefined
  declare problem: ApiProblem | undefined

  static override styles = [
    base,
    flowStyles,
    css`
      li a {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: center;
        padding: 10px 6px;
        border-radius: 6px;
        color: var(--ink);
        text-decoration: none;
      }
      li a:hover {
        background: var(--hover);
      }
      li gw-mode-chip {
        margin-left: auto;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.items = await listFlows()
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('flows.title')}</h1>
      <p class="quiet">${t('flows.about')}</p>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      <div class="card">
        <ul>
          ${(this.items ?? []).map(
            (f) =>
              html`<li>
                <a href=${hashOf({ page: 'flow', flow: f.flow })}
                  ><b>${f.flow}</b> <span class="quiet">${f.title}</span>
                  <gw-mode-chip .mode=${f.mode} always></gw-mode-chip
                ></a>
              </li>`,
          )}
        </ul>
      </div>
    </main>`
  }
}
customElements.define('gw-flows', GwFlows)
