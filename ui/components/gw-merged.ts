import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { onLanguage, t } from '../common/i18n.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { getMerged, type Merged } from '../data/merged.ts'
import { GwElement } from './gw-element.ts'
import './gw-findings.ts'
import './gw-problem.ts'
import { base, inputs, tables } from './styles.ts'
import { touch } from './touch.ts'

/** The merged vehicle of a multi-stage build: which stage each value comes from, and what would wrongly survive. */
export class GwMerged extends GwElement {
  static override properties = {
    ecoc: {},
    /** Changes whenever the document did. */
    stamp: {},
    merged: { state: true },
    filter: { state: true },
    problem: { state: true },
  }
  declare ecoc: string
  declare stamp: string
  declare merged: Merged | undefined
  declare filter: string
  declare problem: ApiProblem | undefined
  #stop: (() => void) | undefined
  constructor() {
    super()
    this.filter = ''
  }

  static override styles = [
    base,
    inputs,
    tables,
    touch,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
      }
      h2 {
        font-size: 15px;
      }
      .scroll {
        max-height: 480px;
        overflow: auto;
      }
      td.early {
        font-weight: 650;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = onLanguage(() => void this.#load())
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ecoc') || changed.has('stamp')) void this.#load()
  }

  async #load(): Promise<void> {
    const { ecoc } = this
    try {
      const merged = await getMerged(ecoc)
      if (ecoc !== this.ecoc) return
      this.merged = merged
      this.problem = undefined
    } catch (error) {
      this.problem = problemOf(error)
      this.merged = undefined
    }
  }

  #rows({ rows, stages }: Merged): TemplateResult {
    const wanted = this.filter.trim().toLowerCase()
    const shown = rows.filter((r) =>
      `${r.item ?? ''} ${r.label} ${r.element} ${r.value}`.toLowerCase().includes(wanted),
    )
    return html`<label for="filter">${t('elements.filter')}</label>
      <input
        id="filter"
        type="search"
        autocomplete="off"
        .value=${this.filter}
        @input=${(e: InputEvent) => (this.filter = (e.target as HTMLInputElement).value)}
      />
      <p class="quiet" role="status">${t('elements.count', { n: shown.length, all: rows.length })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('merged.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('merged.item')}</th>
              <th scope="col">${t('elements.element')}</th>
              <th scope="col">${t('elements.value')}</th>
              <th scope="col">${t('merged.from')}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(
              (r) =>
                html`<tr>
                  <td class="whole">${r.item ?? ''}</td>
                  <td title=${r.path}>${r.label}</td>
                  <td>${r.value}</td>
                  <td class="whole ${r.from === stages.length ? '' : 'early'}">
                    ${r.from === stages.length ? t('merged.own') : t('merged.stage', { n: r.from })}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }

  override render(): TemplateResult | typeof nothing {
    const { merged, problem } = this
    if (problem) return html`<gw-problem .problem=${problem}></gw-problem>`
    if (!merged || merged.stages.length < 2) return nothing
    const { warnings } = merged
    return html`<section aria-labelledby="merged">
      <h2 id="merged">${t('merged.title')}</h2>
      <p class="quiet">${t('merged.about')}</p>
      ${
        warnings.length === 0
          ? html`<p>${t('merged.clean')}</p>`
          : html`<p><b>${t('merged.warnings', { n: warnings.length })}</b></p>
              <gw-findings .findings=${warnings}></gw-findings>`
      }
      <details>
        <summary>${t('merged.show', { n: merged.rows.length })}</summary>
        ${this.#rows(merged)}
      </details>
    </section>`
  }
}
customElements.define('gw-merged', GwMerged)
