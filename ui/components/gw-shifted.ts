import { css, html, nothing, type TemplateResult } from 'lit'
import { locale, t } from '../common/i18n.ts'
import { signedPercent } from '../common/trend-picture.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { listTrends, type VariantTrend } from '../data/sign-offs.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import { base } from './styles.ts'

/** Variants whose latest vehicles deviate otherwise than those before. Shows nothing where there is none. */
export class GwShifted extends GwElement {
  static override properties = { trends: { state: true }, problem: { state: true } }
  declare trends: readonly VariantTrend[]
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.trends = []
  }

  static override styles = [
    base,
    css`
      section {
        display: grid;
        gap: 10px;
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
      }
      h2 {
        font-size: 15px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: center;
        padding: 6px 0;
      }
      .line button {
        margin-left: auto;
      }
      .late {
        color: var(--person);
        font-weight: 650;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    listTrends().then(
      (trends) => (this.trends = trends),
      (error: unknown) => (this.problem = problemOf(error)),
    )
  }

  override render(): TemplateResult | typeof nothing {
    const shifted = this.trends.filter(({ alert }) => alert)
    if (this.problem) return html`<gw-problem .problem=${this.problem}></gw-problem>`
    if (shifted.length === 0) return nothing
    return html`<section aria-labelledby="shifted">
      <h2 id="shifted">${t('trend.alerts')}</h2>
      <p class="quiet">${t('trend.alertsAbout')}</p>
      <ul>
        ${shifted.map(
          (s) =>
            html`<li class="line">
              <b>${s.variant}</b> <span>${s.field}</span>
              <span class="late">${t('trend.shifted', { shift: signedPercent(s.shift, locale()) })}</span>
              <span class="quiet"
                >${t('trend.said', { n: s.count, mean: signedPercent(s.mean, locale()), recent: signedPercent(s.recentMean, locale()) })}</span
              >
            </li>`,
        )}
      </ul>
    </section>`
  }
}
customElements.define('gw-shifted', GwShifted)
