import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { MapperDetail, Release } from '../data/mappers.ts'
import { GwElement } from './gw-element.ts'
import './gw-hash.ts'
import './gw-mapper-difference.ts'
import './gw-time.ts'
import { base, buttons } from './styles.ts'

/** The releases of a mapper, newest first, with what each changed. Fires `gw-roll-back` with the number of a release. */
export class GwReleases extends GwElement {
  static override properties = { mapper: { attribute: false }, may: { type: Boolean } }
  declare mapper: MapperDetail
  declare may: boolean

  static override styles = [
    base,
    buttons,
    css`
      ol {
        display: grid;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: center;
      }
      .head button {
        margin-left: auto;
      }
      details {
        margin-top: 6px;
      }
      summary {
        cursor: pointer;
        color: var(--ink-2);
      }
      gw-mapper-difference {
        display: block;
        margin-top: 8px;
      }
    `,
  ]

  #release(r: Release, i: number): TemplateResult {
    return html`<li>
      <div class="head">
        <b>${t('mapper.release', { n: r.number })}</b>
        <span>${t('mapper.version', { version: r.version })}</span>
        <gw-time .at=${r.at}></gw-time>
        <span class="quiet"
          >${
            r.proposedBy === r.releasedBy
              ? r.releasedBy
              : t('mapper.byTwo', { proposer: r.proposedBy, releaser: r.releasedBy })
          }</span
        >
        ${r.backTo === null ? nothing : html`<span>${t('mapper.backTo', { n: r.backTo })}</span>`}
        ${
          i === 0 || !this.may
            ? nothing
            : html`<button
                type="button"
                @click=${() => this.dispatchEvent(new CustomEvent('gw-roll-back', { detail: r.number }))}
              >
                ${t('mapper.rollback')}
              </button>`
        }
      </div>
      ${r.comment === '' ? nothing : html`<p>${r.comment}</p>`}
      <details>
        <summary>${t('mapper.testsAndDifference', { tests: r.tests.length, n: r.difference.changed })}</summary>
        <gw-mapper-difference .difference=${r.difference}></gw-mapper-difference>
        <gw-hash .value=${r.sha256}></gw-hash>
      </details>
    </li>`
  }

  override render(): TemplateResult {
    const { releases } = this.mapper
    if (releases.length === 0) return html`<p class="quiet">${t('mapper.noRelease')}</p>`
    return html`<ol>
      ${releases.map((r, i) => this.#release(r, i))}
    </ol>`
  }
}
customElements.define('gw-releases', GwReleases)
