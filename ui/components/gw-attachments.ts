import { css, html, nothing, type TemplateResult } from 'lit'
import { attachable, base64Of, sizeText } from '../common/file-content.ts'
import { locale, t } from '../common/i18n.ts'
import { problemOf, type ApiProblem } from '../data/http.ts'
import { addAttachment, attachmentAddress, type Attachment } from '../data/sign-offs.ts'
import { GwElement } from './gw-element.ts'
import './gw-hash.ts'
import './gw-problem.ts'
import './gw-time.ts'
import { icons } from './icons.ts'
import { base, buttons } from './styles.ts'
import { touch } from './touch.ts'

/** The papers of a sign-off, such as the weighbridge ticket; a tablet offers its camera. Fires `gw-done`. */
export class GwAttachments extends GwElement {
  static override properties = {
    ecoc: {},
    items: { attribute: false },
    mayAdd: { type: Boolean },
    maxBytes: { type: Number },
    busy: { state: true },
    problem: { state: true },
  }
  declare ecoc: string
  declare items: readonly Attachment[]
  declare mayAdd: boolean
  declare maxBytes: number
  declare busy: boolean
  declare problem: ApiProblem | undefined
  constructor() {
    super()
    this.items = []
    this.maxBytes = 20_000_000
    this.busy = false
  }

  static override styles = [
    base,
    buttons,
    touch,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 4px 0 8px;
        border-bottom: 1px solid var(--line);
      }
      li a {
        display: flex;
        gap: 6px;
        align-items: center;
        min-height: 44px;
        overflow-wrap: anywhere;
      }
      .small {
        font-size: 12.5px;
      }
      button {
        justify-self: start;
      }
    `,
  ]

  async #add(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0]
    if (!file || this.busy) return
    this.problem = undefined
    this.busy = true
    try {
      if (file.size > this.maxBytes)
        this.problem = {
          status: 413,
          code: '',
          detail: t('attach.tooLarge', { size: sizeText(this.maxBytes, locale()) }),
        }
      else {
        await addAttachment(this.ecoc, file.name, await base64Of(file))
        this.dispatchEvent(new CustomEvent('gw-done'))
      }
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.busy = false
      // The same file may be picked again.
      input.value = ''
    }
  }

  #item(one: Attachment): TemplateResult {
    return html`<li>
      <a href=${attachmentAddress(this.ecoc, one.id)} download=${one.name}>${icons.download}${one.name}</a>
      <div class="quiet small">
        ${sizeText(one.size, locale())} · ${one.addedBy} · <gw-time .at=${one.at}></gw-time><br /><gw-hash
          .value=${one.sha256}
        ></gw-hash>
      </div>
    </li>`
  }

  override render(): TemplateResult {
    return html`${
      this.items.length === 0
        ? html`<p class="quiet">${t('attach.none')}</p>`
        : html`<ul>
            ${this.items.map((one) => this.#item(one))}
          </ul>`
    }
    ${this.problem ? html`<gw-problem .problem=${this.problem}></gw-problem>` : nothing}
    ${
      this.mayAdd
        ? html`<input
              type="file"
              hidden
              accept=${attachable}
              aria-label=${t('attach.add')}
              @change=${(e: Event) => void this.#add(e.target as HTMLInputElement)}
            /><button
              type="button"
              ?disabled=${this.busy}
              @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}
            >
              ${this.busy ? t('attach.busy') : t('attach.add')}
            </button>`
        : nothing
    }`
  }
}
customElements.define('gw-attachments', GwAttachments)
