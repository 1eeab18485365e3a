import { css, html, type TemplateResult } from 'lit'
import { locale } from '../common/i18n.ts'
import { absoluteTime, clockTime, relativeTime } from '../common/time.ts'
import { GwElement } from './gw-element.ts'

const everyMs = 20_000
const shown = new Set<GwTime>()
// One timer for all: a list of hundreds of times must not hold hundreds of them.
setInterval(() => {
  for (const element of shown) element.requestUpdate()
}, everyMs)

/** An instant: how long ago (or, with `clock`, the time of day); the whole instant with its zone on hover. */
export class GwTime extends GwElement {
  static override properties = { at: {}, clock: { type: Boolean } }
  declare at: string
  declare clock: boolean

  static override styles = css`
    time {
      white-space: nowrap;
    }
  `

  override connectedCallback(): void {
    super.connectedCallback()
    shown.add(this)
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    shown.delete(this)
  }

  override render(): TemplateResult {
    const text = this.clock ? clockTime(this.at, locale()) : relativeTime(this.at, new Date(), locale())
    return html`<time datetime=${this.at} title=${absoluteTime(this.at, locale())}>${text}</time>`
  }
}
customElements.define('gw-time', GwTime)
