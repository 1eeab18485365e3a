import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { Point, Step } from '../data/flows.ts'
import { flowStyles } from '../panels/flow-styles.ts'
import { GwElement } from './gw-element.ts'
import './gw-time.ts'
import { base, buttons, tables } from './styles.ts'

/** The way to going live at one access point: each step with owner, date and proof. Fires `gw-note` with the step. */
export class GwGoLive extends GwElement {
  static override properties = { point: { attribute: false }, may: { type: Boolean } }
  declare point: Point
  declare may: boolean

  static override styles = [
    base,
    buttons,
    tables,
    flowStyles,
    css`
      :host {
        display: block;
      }
      td button {
        min-height: 26px;
        padding: 1px 10px;
      }
    `,
  ]

  #state(step: Step): TemplateResult {
    const unit = step.step === 'match_rate' ? ' %' : ''
    const count =
      step.need === null ? nothing : html` <span class="quiet">${step.have ?? '–'} / ${step.need}${unit}</span>`
    return step.done
      ? html`<span class="done">✓ ${t('golive.done')}</span>${count}`
      : html`<span class="open">${t('golive.open')}</span>${count}`
  }

  #who(step: Step): TemplateResult {
    if (step.at === null) return step.derived ? html`<span class="quiet">${t('golive.derived')}</span>` : html`–`
    return html`${step.by} <gw-time .at=${step.at}></gw-time>`
  }

  #row(step: Step): TemplateResult {
    const name = t(`golive.${step.step}`)
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="whole">${this.#state(step)}</td>
      <td>${step.owner ?? '–'}</td>
      <td class="whole">${step.date ?? '–'}</td>
      <td>${step.proof ?? '–'}</td>
      <td>${this.#who(step)}</td>
      <td>
        ${
          this.may
            ? html`<button
                type="button"
                aria-label=${t('golive.noteOn', { step: name })}
                @click=${() => this.dispatchEvent(new CustomEvent('gw-note', { detail: step }))}
              >
                ${t('golive.note')}
              </button>`
            : nothing
        }
      </td>
    </tr>`
  }

  override render(): TemplateResult {
    const { point } = this
    const title = t('golive.title', { point: point.accessPoint })
    return html`<section class="card" aria-labelledby="golive">
      <div class="head">
        <h2 id="golive">${title}</h2>
        <span class="quiet"
          >${point.testPoint === null ? t('golive.noTestPoint') : t('golive.testPoint', { point: point.testPoint })}</span
        >
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('golive.step')}</th>
              <th scope="col">${t('golive.state')}</th>
              <th scope="col">${t('golive.owner')}</th>
              <th scope="col">${t('golive.date')}</th>
              <th scope="col">${t('golive.proof')}</th>
              <th scope="col">${t('golive.ticked')}</th>
              <th scope="col"><span class="visually-hidden">${t('golive.note')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${point.steps.map((step) => this.#row(step))}
          </tbody>
        </table>
      </div>
    </section>`
  }
}
customElements.define('gw-go-live', GwGoLive)
