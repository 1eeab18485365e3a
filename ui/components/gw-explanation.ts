import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Explanation } from '../data/rejections.ts'
import { GwElement } from './gw-element.ts'
import { base } from './styles.ts'

/** What an authority said, in plain words: what it is about, what to change, whose job that is, and its own text. */
export class GwExplanation extends GwElement {
  static override properties = { explanation: { attribute: false } }
  declare explanation: Explanation | undefined

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 4px;
      }
      .change {
        font-weight: 550;
      }
      .own {
        color: var(--ink-2);
        font-size: 12.5px;
        overflow-wrap: anywhere;
      }
    `,
  ]

  override render(): TemplateResult | typeof nothing {
    const e = this.explanation
    if (!e) return nothing
    return html`<p>${e.meaning}</p>
      <p class="change">${e.change}</p>
      <p class="own">
        ${t('rejection.whose')}: ${e.whoseLabel} · ${t('rejection.own')}:
        <span class="mono">${e.code}</span> <q>${e.text}</q>
      </p>`
  }
}
customElements.define('gw-explanation', GwExplanation)
