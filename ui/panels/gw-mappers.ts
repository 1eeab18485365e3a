import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-problem.ts'
import { icons } from '../components/icons.ts'
import { base } from '../components/styles.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { listMappers, type MapperStanding } from '../data/mappers.ts'
import { flowStyles } from './flow-styles.ts'

/** How a mapper stands, in a few words. */
export const standingText = ({ runs, draft, isProposed }: MapperStanding): string => {
  if (isProposed) return t('mapper.isProposed')
  if (draft?.problem) return t('mapper.isBroken')
  if (runs && draft && draft.sha256 !== runs.sha256) return t('mapper.isEdited')
  return runs ? '' : t('mapper.isIdle')
}

export const runsText = ({ runs }: MapperStanding): string => {
  if (!runs) return ''
  const version = t('mapper.version', { version: runs.version })
  return runs.number === null ? version : `${version} · ${t('mapper.release', { n: runs.number })}`
}

/** The mappers of this gateway. */
export class GwMappers extends GwElement {
  static override properties = { items: { state: true }, problem: { state: true } }
  declare items: readonly MapperStanding[] | undefined
  declare problem: ApiProblem | undefined

  static override styles = [
    base,
    flowStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li a {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: baseline;
        padding: 10px 6px;
        border-radius: 6px;
        color: var(--ink);
        text-decoration: none;
      }
      li a:hover {
        background: var(--hover);
      }
      .state {
        margin-left: auto;
        font-weight: 600;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.items = await listMappers()
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      <h1>${t('mappers.title')}</h1>
      <p class="quiet">${t('mappers.about')}</p>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      <div class="card">
        <ul>
          ${(this.items ?? []).map(
            (m) =>
              html`<li>
                <a href=${hashOf({ page: 'mapper', mapper: m.name, ecoc: undefined })}
                  ><b>${m.name}</b> <span class="quiet">${m.title}</span> <span class="quiet">${runsText(m)}</span>
                  <span class="state">${standingText(m)}</span></a
                >
              </li>`,
          )}
        </ul>
      </div>
    </main>`
  }
}
customElements.define('gw-mappers', GwMappers)
