import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { language, t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-mapper-difference.ts'
import '../components/gw-preview.ts'
import '../components/gw-problem.ts'
import '../components/gw-releases.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, inputs } from '../components/styles.ts'
import { listEcocs, type EcocItem } from '../data/ecocs.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { contractAddress, getMapper, getPreview, type MapperDetail, type Preview, type Which } from '../data/mappers.ts'
import type { Session } from '../data/session.ts'
import '../dialogs/gw-mapper-dialog.ts'
import type { AskedChange, GwMapperDialog } from '../dialogs/gw-mapper-dialog.ts'
import { flowStyles } from './flow-styles.ts'
import { runsText, standingText } from './gw-mappers.ts'

const latest = 200

/** A mapper at work: a vehicle's record on its way to the document, and how the mapper itself is changed. */
export class GwMapper extends GwElement {
  static override properties = {
    mapper: {},
    ecoc: {},
    session: { attribute: false },
    detail: { state: true },
    ecocs: { state: true },
    which: { state: true },
    preview: { state: true },
    problem: { state: true },
    previewProblem: { state: true },
  }
  declare mapper: string
  /** The eCoC whose record is shown; the latest of this mapper where none is named. */
  declare ecoc: string | undefined
  declare session: Session
  declare detail: MapperDetail | undefined
  declare ecocs: readonly EcocItem[]
  declare which: Which
  declare preview: Preview | undefined
  declare problem: ApiProblem | undefined
  declare previewProblem: ApiProblem | undefined
  /** The language in which labels were asked for. */
  #spoken = language()
  constructor() {
    super()
    this.ecocs = []
    this.which = 'running'
  }

  static override styles = [
    base,
    buttons,
    inputs,
    flowStyles,
    css`
      .choose {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        align-items: end;
      }
      .choose select {
        min-width: 220px;
      }
      .verbs {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .proposal {
        border-color: var(--accent);
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('mapper')) void this.#load()
    else if (changed.has('ecoc') || changed.has('which') || this.#spoken !== language()) void this.#preview()
    this.#spoken = language()
  }

  async #load(): Promise<void> {
    const name = this.mapper
    try {
      const [detail, page] = await Promise.all([getMapper(name), listEcocs({ q: '', state: undefined, limit: latest })])
      if (name !== this.mapper) return
      this.detail = detail
      this.ecocs = page.items.filter((e) => e.mapper === name)
      this.problem = undefined
      document.title = `${name} · eCoC Gateway`
      await this.#preview()
    } catch (error) {
      this.problem = problemOf(error)
    }
  }

  async #preview(): Promise<void> {
    const ecoc = this.ecoc ?? this.ecocs[0]?.id
    if (ecoc === undefined) return
    const { which } = this
    try {
      const preview = await getPreview(this.mapper, ecoc, which)
      if (which !== this.which || ecoc !== (this.ecoc ?? this.ecocs[0]?.id)) return
      this.preview = preview
      this.previewProblem = undefined
    } catch (error) {
      this.preview = undefined
      this.previewProblem = problemOf(error)
    }
  }

  #ask(asked: Omit<AskedChange, 'mapper'>): void {
    void this.renderRoot.querySelector<GwMapperDialog>('gw-mapper-dialog')?.open({ mapper: this.mapper, ...asked })
  }
  #may(permission: string): boolean {
    return this.session.permissions.includes(permission)
  }

  #choice(detail: MapperDetail): TemplateResult {
    const whichs: Which[] = [
      'running',
      ...(detail.draft?.sha256 ? (['draft'] as const) : []),
      ...(detail.proposal ? (['proposed'] as const) : []),
    ]
    const chosen = this.ecoc ?? this.ecocs[0]?.id
    return html`<div class="choose">
      <div>
        <label for="ecoc">${t('mapper.vehicle')}</label>
        <select
          id="ecoc"
          @change=${(e: Event) => (location.hash = hashOf({ page: 'mapper', mapper: this.mapper, ecoc: (e.target as HTMLSelectElement).value }))}
        >
          ${
            this.ecoc !== undefined && !this.ecocs.some((e) => e.id === this.ecoc)
              ? html`<option value=${this.ecoc} selected>${this.preview?.vehicle.vin ?? this.ecoc}</option>`
              : nothing
          }
          ${this.ecocs.map((e) => html`<option value=${e.id} ?selected=${e.id === chosen}>${e.vin} · ${t(`state.${e.state}`)}</option>`)}
        </select>
      </div>
      <div>
        <label for="which">${t('mapper.text')}</label>
        <select id="which" @change=${(e: Event) => (this.which = (e.target as HTMLSelectElement).value as Which)}>
          ${whichs.map((w) => html`<option value=${w} ?selected=${w === this.which}>${t(`mapper.which.${w}`)}</option>`)}
        </select>
      </div>
    </div>`
  }

  #previewCard(detail: MapperDetail): TemplateResult {
    const { preview } = this
    const form = [preview?.vehicle.category, preview?.vehicle.stage].filter((part) => part).join(' ')
    return html`<section class="card" aria-labelledby="preview">
      <h2 id="preview">${t('preview.title')}</h2>
      ${this.ecocs.length === 0 && this.ecoc === undefined ? html`<p class="quiet">${t('mapper.noVehicle')}</p>` : this.#choice(detail)}
      ${this.previewProblem ? html`<gw-problem .problem=${this.previewProblem}></gw-problem>` : nothing}
      ${
        preview
          ? html`<p>
                <span class="mono">${preview.vehicle.vin}</span> ${form} ·
                <b>${t(preview.mapped ? 'preview.mapped' : 'preview.notMapped')}</b>
              </p>
              <gw-preview .preview=${preview}></gw-preview>`
          : nothing
      }
    </section>`
  }

  #proposal({ proposal, fourEyes }: MapperDetail): TemplateResult | typeof nothing {
    if (!proposal) return nothing
    const isOwn = fourEyes && proposal.proposedBy === this.session.name
    return html`<section class="card proposal" aria-labelledby="proposal">
      <div class="head">
        <h2 id="proposal">${t('mapper.proposal', { who: proposal.proposedBy, version: proposal.version })}</h2>
        ${
          this.#may('signOff') && !isOwn
            ? html`<button
                type="button"
                class="primary"
                @click=${() => this.#ask({ change: 'approve', sha256: proposal.sha256 })}
              >
                ${t('mapper.approve')}
              </button>`
            : nothing
        }
      </div>
      ${isOwn ? html`<p class="quiet">${t('mapper.another')}</p>` : nothing}
      ${proposal.comment === '' ? nothing : html`<p>${proposal.comment}</p>`}
      <p>${t('mapper.testsPassed', { n: proposal.tests.length })}</p>
      <gw-mapper-difference .difference=${proposal.difference}></gw-mapper-difference>
    </section>`
  }

  #page(detail: MapperDetail): TemplateResult {
    const draft = detail.draft?.sha256
    const isEdited = draft != null && draft !== detail.latest?.sha256 && draft !== detail.proposal?.sha256
    return html`<div class="head">
        <div class="title">
          <h1>${detail.name}</h1>
          <span class="quiet">${detail.title} · ${runsText(detail)}</span>
          <b>${standingText(detail)}</b>
        </div>
        <div class="verbs">
          <a class="button" href=${contractAddress(detail.name)} download>${icons.download}${t('mapper.contract')}</a>
          ${
            isEdited && this.#may('operate')
              ? html`<button type="button" @click=${() => this.#ask({ change: 'propose' })}>
                  ${t('mapper.propose')}
                </button>`
              : nothing
          }
        </div>
      </div>
      ${detail.draft?.problem ? html`<gw-problem .problem=${{ status: 0, code: '', detail: detail.draft.problem }}></gw-problem>` : nothing}
      ${this.#proposal(detail)} ${this.#previewCard(detail)}
      <section class="card" aria-labelledby="releases">
        <h2 id="releases">${t('mapper.releases')}</h2>
        <gw-releases
          .mapper=${detail}
          ?may=${this.#may('operate')}
          @gw-roll-back=${(e: CustomEvent<number>) => this.#ask({ change: 'rollback', to: e.detail })}
        ></gw-releases>
      </section>
      <gw-mapper-dialog @gw-done=${() => void this.#load()}></gw-mapper-dialog>`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/mappers">${icons.back}${t('mappers.title')}</a>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.detail ? this.#page(this.detail) : this.problem ? nothing : html`<p class="quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-mapper', GwMapper)
