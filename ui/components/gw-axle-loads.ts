import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit'
import { loadColumns, type AxleLoad, type LoadColumn, type Masses } from '../common/axle-picture.ts'
import { locale, t } from '../common/i18n.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

// Places in the picture, in its own units.
const [columnWidth, barWidth, top, bottom] = [144, 52, 44, 168]
const height = bottom - top
const wholeGap = 28

/** The axle loads as a picture: each axle's load in its permissible mass, the base's limit dashed, the whole vehicle at the right. */
export class GwAxleLoads extends GwElement {
  static override properties = { axles: { attribute: false }, masses: { attribute: false } }
  declare axles: readonly AxleLoad[]
  declare masses: Masses | undefined

  static override styles = [
    base,
    css`
      svg {
        display: block;
        max-width: 100%;
        height: auto;
      }
      text {
        fill: var(--ink);
        font: 13px var(--font);
        text-anchor: middle;
      }
      .figure {
        font-weight: 700;
      }
      .small {
        fill: var(--ink-2);
        font-size: 12px;
      }
      .room {
        fill: var(--sunken);
        stroke: var(--line-strong);
      }
      .load {
        fill: var(--accent);
      }
      .over .load {
        fill: var(--danger);
      }
      .over .figure {
        fill: var(--danger);
      }
      .limit {
        stroke: var(--ink);
        stroke-width: 2.5;
      }
      .base {
        stroke: var(--unknown);
        stroke-width: 2;
        stroke-dasharray: 5 4;
      }
      .wheel {
        fill: none;
        stroke: var(--ink);
        stroke-width: 6;
      }
      .frame {
        stroke: var(--ink);
        stroke-width: 5;
        stroke-linecap: round;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 18px;
        margin: 6px 0 0;
        color: var(--ink-2);
        font-size: 12.5px;
      }
      i {
        display: inline-block;
        width: 18px;
        margin-right: 6px;
        border-top: 2.5px solid var(--ink);
        vertical-align: 4px;
      }
      i.dashed {
        border-top: 2px dashed var(--unknown);
      }
      i.bar {
        height: 10px;
        border: 0;
        background: var(--accent);
        vertical-align: -1px;
      }
    `,
  ]

  #name({ axle }: LoadColumn): string {
    return axle === undefined ? t('axles.whole') : t('axles.axle', { n: axle })
  }

  #figures(column: LoadColumn): string {
    const format = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 })
    const figure = (value: number | undefined): string => (value === undefined ? '?' : format.format(value))
    return t('axles.of', { load: figure(column.load), limit: figure(column.limit) })
  }

  #column(column: LoadColumn, i: number): SVGTemplateResult {
    const x = i * columnWidth + columnWidth / 2 + (column.axle === undefined ? wholeGap : 0)
    const left = x - barWidth / 2
    const y = (share: number): number => bottom - share * height
    const line = (share: number, kind: string): SVGTemplateResult =>
      svg`<path class=${kind} d="M${left - 8} ${y(share)}h${barWidth + 16}" />`
    const wheel = column.axle === undefined ? nothing : svg`<circle class="wheel" cx=${x} cy=${bottom + 22} r="13" />`
    return svg`<g class=${column.isOver ? 'over' : ''}>
      <text class="figure" x=${x} y="16">${this.#figures(column)}</text>
      <text class="small" x=${x} y="34">${column.used === undefined ? '' : `${column.used} %`}</text>
      <rect class="room" x=${left} y=${y(column.limitShare)} width=${barWidth} height=${column.limitShare * height} />
      <rect class="load" x=${left + 6} y=${y(column.loadShare)} width=${barWidth - 12} height=${column.loadShare * height} />
      ${column.limit === undefined ? nothing : line(column.limitShare, 'limit')}
      ${column.baseLimit === undefined ? nothing : line(column.baseShare, 'base')}
      ${wheel}
      <text x=${x} y=${bottom + 58}>${this.#name(column)}</text>
    </g>`
  }

  override render(): TemplateResult | typeof nothing {
    const columns = loadColumns(
      this.axles,
      this.masses ?? { actual: null, runningOrder: null, permissible: null, basePermissible: null },
    )
    if (columns.length === 0) return nothing
    const axles = columns.filter(({ axle }) => axle !== undefined).length
    const width = columns.length * columnWidth + (axles < columns.length ? wholeGap : 0)
    const told = columns.map((c) => `${this.#name(c)}: ${this.#figures(c)}${c.isOver ? ` (${t('axles.over')})` : ''}`)
    const ends = columnWidth / 2
    return html`<svg viewBox="0 0 ${width} ${bottom + 66}" width=${width} role="img" aria-label=${told.join('. ')}>
        ${
          axles < 2
            ? nothing
            : svg`<path class="frame" d="M${ends - 34} ${bottom + 6}H${(axles - 1) * columnWidth + ends + 34}" />`
        }
        ${columns.map((column, i) => this.#column(column, i))}
      </svg>
      <p class="legend" aria-hidden="true">
        <span><i class="bar"></i>${t('axles.load')}</span><span><i></i>${t('axles.limit')}</span>
        ${columns.some((c) => c.baseLimit !== undefined) ? html`<span><i class="dashed"></i>${t('axles.base')}</span>` : nothing}
      </p>`
  }
}
customElements.define('gw-axle-loads', GwAxleLoads)
