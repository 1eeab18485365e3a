import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { hashOf } from '../common/route.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { getTarget, sendElsewhere, type Target } from '../data/target.ts'
import { GwElement } from './gw-element.ts'
import './gw-problem.ts'
import './gw-state-chip.ts'
import { base, buttons, inputs } from './styles.ts'

/** Why an eCoC goes where it goes, the other documents of its vehicle, and another access point before it leaves. Fires `gw-done`. */
export class GwTarget extends GwElement {
  static override properties = {
    ecoc: {},
    stamp: {},
    mayRoute: { type: Boolean },
    target: { state: true },
    problem: { state: true },
    busy: { state: true },
  }
  declare ecoc: string
  /** Changes when the eCoC does. */
  declare stamp: string
  declare mayRoute: boolean
  declare target: Target | undefined
  declare problem: ApiProblem | undefined
  declare busy: boolean

  static override styles = [
    base,
    buttons,
    inputs,
    css`
      section {
        display: grid;
        gap: 8px;
        padding-top: 14px;
      }
      h3 {
        font-size: 13px;
      }
      ul {
        display: grid;
        gap: 6px;
        margin: 0;
        padding-left: 18px;
      }
      .documents {
        padding: 0;
        list-style: none;
      }
      form {
        display: grid;
        gap: 8px;
      }
      details > form {
        padding-top: 8px;
      }
      p,
      li {
        overflow-wrap: anywhere;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ecoc') || changed.has('stamp')) void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.ecoc
    try {
      const target = await getTarget(id)
      if (id !== this.ecoc) return
      this.target = target
      this.problem = undefined
    } catch (error) {
      if (id === this.ecoc) this.problem = problemOf(error)
    }
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault()
    if (this.busy) return
    const form = new FormData(event.target as HTMLFormElement)
    const text = (name: string): string => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    this.busy = true
    try {
      await sendElsewhere(this.ecoc, text('point'), text('comment'))
      this.dispatchEvent(new CustomEvent('gw-done'))
      await this.#load()
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
    }
  }

  #documents({ documents }: Target): TemplateResult | typeof nothing {
    if (documents.length < 2) return nothing
    return html`<section>
      <h3>${t('target.documents')}</h3>
      <ul class="documents">
        ${documents.map(
          (d) =>
            html`<li>
              <a href=${hashOf({ page: 'ecoc', id: d.id })} aria-current=${d.id === this.ecoc ? 'page' : nothing}
                >${d.profile ?? '–'} · ${d.accessPoint ?? '–'}</a
              >
              <gw-state-chip .state=${d.state}></gw-state-chip>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #elsewhere({ otherAccessPoints }: Target): TemplateResult | typeof nothing {
    if (!this.mayRoute || otherAccessPoints.length === 0) return nothing
    return html`<details>
      <summary>${t('target.change')}</summary>
      <form @submit=${(e: Event) => void this.#send(e)}>
        <p class="quiet">${t('target.consequence')}</p>
        <label for="point">${t('list.accessPoint')}</label>
        <select id="point" name="point">
          ${otherAccessPoints.map((name) => html`<option value=${name}>${name}</option>`)}
        </select>
        <label for="comment">${t('verb.comment')}</label>
        <input id="comment" name="comment" maxlength="2000" autocomplete="off" />
        <button type="submit" ?disabled=${this.busy}>${t('target.send')}</button>
      </form>
    </details>`
  }

  override render(): TemplateResult {
    const { target } = this
    return html`${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
    ${
      target === undefined
        ? nothing
        : html`${
              target.reasons.length === 0
                ? nothing
                : html`<section>
                    <h3>${t('target.why')}</h3>
                    <ul lang="en">
                      ${[...target.reasons, ...target.remarks.map((r) => r.message)].map((why) => html`<li>${why}</li>`)}
                    </ul>
                  </section>`
            }
            ${this.#documents(target)}
            <section>${this.#elsewhere(target)}</section>`
    }`
  }
}
customElements.define('gw-target', GwTarget)
