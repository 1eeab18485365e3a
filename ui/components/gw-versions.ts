import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { getDifferences, getVersions, type Difference, type Version } from '../data/versions.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import './gw-state-chip.ts'
import './gw-time.ts'
import { base, tables } from './styles.ts'

/** The chain of versions of an eCoC and what this one changed, field by field. Shows nothing where there is but one. */
export class GwVersions extends GwElement {
  static override properties = {
    ecoc: {},
    /** Changes whenever the eCoC did. */
    stamp: {},
    versions: { state: true },
    differences: { state: true },
    problem: { state: true },
  }
  declare ecoc: string
  declare stamp: string
  declare versions: readonly Version[]
  declare differences: readonly Difference[]
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.versions = []
    this.differences = []
  }

  static override styles = [
    base,
    tables,
    css`
      section {
        display: grid;
        gap: 10px;
        padding-top: 16px;
      }
      h2 {
        font-size: 15px;
      }
      ol {
        display: grid;
        gap: 4px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 10px;
        align-items: baseline;
      }
      li[aria-current] {
        font-weight: 650;
      }
      td.was {
        color: var(--ink-2);
        text-decoration: line-through;
      }
      td.is {
        font-weight: 650;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ecoc') || changed.has('stamp')) void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.ecoc
    try {
      const versions = await getVersions(id)
      const differences = versions.length > 1 ? await getDifferences(id) : []
      if (id !== this.ecoc) return
      this.versions = versions
      this.differences = differences
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  #version(v: Version): TemplateResult {
    const name = v.proposalOf === null ? t('versions.number', { n: v.version }) : t('versions.proposal')
    const isThis = v.id === this.ecoc
    return html`<li aria-current=${isThis ? 'page' : nothing}>
      ${isThis ? name : html`<a href="#/ecocs/${v.id}">${name}</a>`}
      <gw-state-chip .state=${v.state}></gw-state-chip>
      <gw-time .at=${v.createdAt}></gw-time>
    </li>`
  }

  #changes(): TemplateResult {
    return html`<h3>${t('versions.changes')}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('versions.changes')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('versions.item')}</th>
              <th scope="col">${t('versions.field')}</th>
              <th scope="col">${t('versions.was')}</th>
              <th scope="col">${t('versions.is')}</th>
            </tr>
          </thead>
          <tbody>
            ${this.differences.map(
              (d) =>
                html`<tr>
                  <td class="mono">${d.item ?? '–'}</td>
                  <td title=${d.path}>${d.label}</td>
                  <td class=${d.was === null ? 'quiet' : 'was'}>${d.was ?? t('versions.absent')}</td>
                  <td class=${d.is === null ? 'quiet' : 'is'}>${d.is ?? t('versions.absent')}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }

  override render(): TemplateResult | typeof nothing {
    if (this.problem) return html`<gw-problem .problem=${this.problem}></gw-problem>`
    if (this.versions.length < 2) return nothing
    return html`<section aria-labelledby="versions">
      <h2 id="versions">${t('versions.title')}</h2>
      <ol>
        ${this.versions.map((v) => this.#version(v))}
      </ol>
      ${this.differences.length === 0 ? nothing : this.#changes()}
    </section>`
  }
}
customElements.define('gw-versions', GwVersions)
