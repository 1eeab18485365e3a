import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { toneOf } from '../common/states.ts'
import { timeline } from '../common/timeline.ts'
import { allowedVerbs, type Verb } from '../common/verbs.ts'
import { GwElement } from '../components/gw-element.ts'
import '../components/gw-merged.ts'
import '../components/gw-mode-chip.ts'
import '../components/gw-problem.ts'
import '../components/gw-explanations.ts'
import '../components/gw-stage.ts'
import '../components/gw-state-chip.ts'
import '../components/gw-target.ts'
import '../components/gw-versions.ts'
import '../components/gw-vin.ts'
import { icons } from '../components/icons.ts'
import { base, buttons, tables } from '../components/styles.ts'
import { documentAddress, getTrace } from '../data/ecocs.ts'
import { followEvents } from '../data/events.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import type { Session } from '../data/session.ts'
import type { EcocTrace } from '../data/trace.ts'
import '../dialogs/gw-verb-dialog.ts'
import type { GwVerbDialog } from '../dialogs/gw-verb-dialog.ts'
import { detailStyles } from './detail-styles.ts'
import { factRows } from './fact-rows.ts'
import { stageContent } from './stage-content.ts'
import { stageOutcome } from './stage-outcome.ts'

/** One eCoC: what it waits for, what may be done, and its way through the house. */
export class GwEcocDetail extends GwElement {
  static override properties = {
    ecoc: {},
    session: { attribute: false },
    trace: { state: true },
    problem: { state: true },
  }
  declare ecoc: string
  declare session: Session
  declare trace: EcocTrace | undefined
  declare problem: ApiProblem | undefined
  #stop: (() => void) | undefined

  static override styles = [base, buttons, tables, detailStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = followEvents({
      onChange: ({ id }) => {
        if (id === this.ecoc) void this.#load()
      },
      onReload: () => void this.#load(),
      onLive: () => undefined,
    })
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('ecoc')) return
    this.trace = undefined
    this.problem = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.ecoc
    const first = this.trace === undefined
    try {
      const trace = await getTrace(id)
      if (id !== this.ecoc) return
      this.trace = trace
      this.problem = undefined
      document.title = `${trace.vin} · eCoC Gateway`
      await this.updateComplete
      // A new page is announced by its heading.
      if (first) this.renderRoot.querySelector('h1')?.focus()
    } catch (error) {
      if (id === this.ecoc) this.problem = problemOf(error)
    }
  }

  #call(verb: Verb, trace: EcocTrace): void {
    if (verb === 'sign-off') location.hash = hashOf({ page: 'sign-off', id: trace.id })
    else void this.renderRoot.querySelector<GwVerbDialog>('gw-verb-dialog')?.open(verb, trace)
  }

  #verbs(trace: EcocTrace): TemplateResult {
    const verbs = allowedVerbs(trace.verbs, this.session.permissions)
    return html`<div class="verbs">
      ${
        trace.signedSha256 === null
          ? nothing
          : html`<a class="button" href=${documentAddress(trace.id)} download="${trace.vin}.xml"
              >${icons.download}ivi.xml</a
            >`
      }
      ${verbs.map(
        (verb, i) =>
          html`<button
            type="button"
            class=${verb === 'cancel' ? 'danger' : i === 0 && toneOf(trace.state) !== 'good' ? 'primary' : ''}
            @click=${() => this.#call(verb, trace)}
          >
            ${t(`verb.${verb}`)}
          </button>`,
      )}
    </div>`
  }

  #callout(trace: EcocTrace): TemplateResult | typeof nothing {
    if (trace.reason === null) return nothing
    return html`<div class="callout ${toneOf(trace.state)}">
      <p lang="en">
        <b>${trace.reason}</b>
        ${trace.reasonCode === null ? nothing : html`<span class="mono code">${trace.reasonCode}</span>`}
      </p>
      ${trace.nextStep === null ? nothing : html`<p lang="en">${trace.nextStep}</p>`}
    </div>`
  }

  #facts(trace: EcocTrace): TemplateResult {
    return html`<aside>
      <h2>${t('facts.title')}</h2>
      <dl class="column">
        ${factRows(trace).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value ?? '–'}</dd>
            </div>`,
        )}
        ${
          trace.documentSha256 === null
            ? nothing
            : html`<div>
                <dt>${t('signoff.document')}</dt>
                <dd><gw-hash .value=${trace.documentSha256}></gw-hash></dd>
              </div>`
        }
      </dl>
      <gw-target
        .ecoc=${trace.id}
        .stamp=${trace.updatedAt}
        .mayRoute=${this.session.permissions.includes('operate')}
        @gw-done=${() => void this.#load()}
      ></gw-target>
    </aside>`
  }

  #line(trace: EcocTrace): TemplateResult {
    const stages = timeline(trace)
    return html`<section aria-labelledby="way">
      <h2 id="way">${t('trace.way')}</h2>
      ${stages.map((stage, i) => {
        const content = stageContent(stage, trace)
        return html`<gw-stage
          .name=${stage.name}
          .status=${stage.status}
          .at=${stage.at}
          .outcome=${stageOutcome(stage, trace)}
          .empty=${content === undefined}
          .expanded=${stage.status === 'person' || stage.status === 'unknown' || (stage.name === 'drift' && trace.signOff !== undefined)}
          .last=${i === stages.length - 1}
          >${content ?? nothing}</gw-stage
        >`
      })}
    </section>`
  }

  #history(trace: EcocTrace): TemplateResult {
    return html`<details class="history">
      <summary>
        <h2>${t('history.title')}</h2>
        <span class="quiet">${t('history.count', { n: trace.events.length })}</span>
      </summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('history.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('history.number')}</th>
              <th scope="col">${t('history.time')}</th>
              <th scope="col">${t('history.who')}</th>
              <th scope="col">${t('history.what')}</th>
              <th scope="col">${t('history.detail')}</th>
            </tr>
          </thead>
          <tbody>
            ${trace.events.map(
              (e) =>
                html`<tr>
                  <td>${e.seq}</td>
                  <td><gw-time .at=${e.at} clock></gw-time></td>
                  <td class="whole">${e.actor}</td>
                  <td class="mono whole">${e.type}</td>
                  <td class="mono quiet">${JSON.stringify(e.detail)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`
  }

  #page(trace: EcocTrace): TemplateResult {
    return html`<div class="head">
        <div class="title">
          <h1 tabindex="-1"><gw-vin .vin=${trace.vin}></gw-vin></h1>
          <gw-state-chip .state=${trace.state}></gw-state-chip>
          <gw-mode-chip .mode=${trace.mode}></gw-mode-chip>
        </div>
        ${this.#verbs(trace)}
      </div>
      ${this.#callout(trace)}
      ${
        trace.state === 'rejected'
          ? html`<gw-explanations .ecoc=${trace.id} .stamp=${trace.updatedAt}></gw-explanations>`
          : nothing
      }
      <div class="columns">
        <div class="card">
          ${this.#line(trace)}<gw-merged .ecoc=${trace.id} .stamp=${trace.documentSha256 ?? ''}></gw-merged
          ><gw-versions .ecoc=${trace.id} .stamp=${trace.updatedAt}></gw-versions>${this.#history(trace)}
        </div>
        ${this.#facts(trace)}
      </div>
      <gw-verb-dialog @gw-done=${() => void this.#load()}></gw-verb-dialog>`
  }

  override render(): TemplateResult {
    return html`<main>
      <a class="back" href="#/">${icons.back}${t('trace.back')}</a>
      ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
      ${this.trace ? this.#page(this.trace) : this.problem ? nothing : html`<p class="quiet">${t('loading')}</p>`}
    </main>`
  }
}
customElements.define('gw-ecoc-detail', GwEcocDetail)
