import { css, html, nothing, svg, type TemplateResult } from 'lit'
import { locale, t } from '../common/i18n.ts'
import { signedPercent, trendPicture } from '../common/trend-picture.ts'
import type { FieldHistory } from '../data/sign-offs.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

const [width, height] = [520, 120]

/** How one field of a variant deviated over its last vehicles: points, mean, and whether the newest ones have shifted. */
export class GwTrend extends GwElement {
  static override properties = { history: { attribute: false }, name: {} }
  declare history: FieldHistory | undefined
  /** What people call the field. */
  declare name: string

  static override styles = [
    base,
    css`
      figure {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 8px;
        margin: 0;
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        grid-column: 1 / -1;
        gap: 2px 12px;
        align-items: baseline;
      }
      .axis {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        color: var(--ink-2);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        text-align: right;
      }
      svg {
        width: 100%;
        height: 120px;
        border: 1px solid var(--line);
        border-radius: 4px;
        background: var(--bg);
      }
      path {
        fill: none;
        vector-effect: non-scaling-stroke;
      }
      .zero {
        stroke: var(--line-strong);
      }
      .mean {
        stroke: var(--ink-2);
        stroke-dasharray: 4 4;
      }
      .values {
        stroke: var(--accent);
        stroke-width: 1.5;
      }
      .dots {
        stroke: var(--accent);
        stroke-width: 5;
        stroke-linecap: round;
      }
      .recent {
        stroke: var(--accent);
        stroke-width: 3;
      }
      .alert .recent {
        stroke: var(--danger);
      }
      .shifted {
        padding: 0 8px;
        border-radius: 4px;
        background: var(--person-bg);
        color: var(--person);
        font-weight: 650;
      }
    `,
  ]

  override render(): TemplateResult | typeof nothing {
    const { history } = this
    if (!history) return nothing
    const { trend, values } = history
    const picture = trendPicture(values, trend)
    const at = (x: number, y: number): string => `${(x * width).toFixed(1)} ${(y * height).toFixed(1)}`
    const places = picture.points.map(({ x, y }) => at(x, y))
    const percent = (value: number): string => signedPercent(value, locale())
    const said = t('trend.said', { n: trend.count, mean: percent(trend.mean), recent: percent(trend.recentMean) })
    return html`<figure class=${trend.alert ? 'alert' : ''}>
      <figcaption>
        <b>${this.name || history.field}</b>
        <span class="quiet">${said}</span>
        ${trend.alert ? html`<span class="shifted">${t('trend.shifted', { shift: percent(trend.shift) })}</span>` : nothing}
      </figcaption>
      <div class="axis" aria-hidden="true">
        <span>${percent(picture.high)}</span><span>${percent(picture.low)}</span>
      </div>
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${this.name || history.field}: ${said}"
      >
        ${svg`<path class="zero" d="M${at(0, picture.zero)}H${width}" />
        <path class="mean" d="M${at(0, picture.mean)}H${width}" />
        <path class="values" d="M${places.join('L')}" />
        <path class="dots" d=${places.map((p) => `M${p}h.01`).join('')} />
        <path class="recent" d="M${at(picture.recentFrom, picture.recent)}H${width}" />`}
      </svg>
    </figure>`
  }
}
customElements.define('gw-trend', GwTrend)
