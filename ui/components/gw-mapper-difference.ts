import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Difference } from '../data/mappers.ts'
import { GwElement } from './gw-element.ts'
import { base, tables } from './styles.ts'

/** What a change of a mapper changes on the latest records: which elements, for how many, with an example of each. */
export class GwMapperDifference extends GwElement {
  static override properties = { difference: { attribute: false } }
  declare difference: Difference

  static override styles = [
    base,
    tables,
    css`
      p {
        margin-bottom: 6px;
      }
      .bad {
        color: var(--person);
      }
    `,
  ]

  override render(): TemplateResult {
    const { records, changed, nowRefused, nowMapped, elements } = this.difference
    return html`<p>${t('mapper.changed', { n: changed, all: records })}</p>
      ${
        nowRefused.records === 0
          ? nothing
          : html`<p class="bad">
              ${t('mapper.nowRefused', { n: nowRefused.records })} <span lang="en">${nowRefused.example ?? ''}</span>
            </p>`
      }
      ${nowMapped.records === 0 ? nothing : html`<p>${t('mapper.nowMapped', { n: nowMapped.records })}</p>`}
      ${
        elements.length === 0
          ? nothing
          : html`<div class="scroll" tabindex="0" role="region" aria-label=${t('mapper.difference')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">${t('preview.element')}</th>
                    <th scope="col" class="number">${t('mapper.records')}</th>
                    <th scope="col">${t('versions.was')}</th>
                    <th scope="col">${t('versions.is')}</th>
                    <th scope="col">${t('list.vin')}</th>
                  </tr>
                </thead>
                <tbody>
                  ${elements.map(
                    (e) =>
                      html`<tr>
                        <td>${e.element}</td>
                        <td class="number">${e.records}</td>
                        <td class="mono">${e.example.from ?? t('versions.absent')}</td>
                        <td class="mono">${e.example.to ?? t('versions.absent')}</td>
                        <td class="mono">${e.example.vin}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }`
  }
}
customElements.define('gw-mapper-difference', GwMapperDifference)
