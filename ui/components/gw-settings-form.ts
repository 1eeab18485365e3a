import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { fieldsOf, type FormField, yamlOf } from '../common/settings-form.ts'
import type { Connector } from '../data/sources.ts'
import { GwElement } from './gw-element.ts'
import { base, buttons, inputs } from './styles.ts'

/** A form made from a connector's schema, and the lines for `gateway.yaml` that it comes to. */
export class GwSettingsForm extends GwElement {
  static override properties = { connectors: { attribute: false }, chosen: { state: true }, values: { state: true } }
  declare connectors: readonly Connector[]
  declare chosen: string
  declare values: ReadonlyMap<string, string>

  static override styles = [
    base,
    buttons,
    inputs,
    css`
      form {
        display: grid;
        gap: 12px;
      }
      .field {
        display: grid;
        gap: 2px;
      }
      .field > span {
        font-weight: 550;
      }
      pre {
        margin: 0;
        padding: 12px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--hover);
      }
    `,
  ]

  constructor() {
    super()
    this.connectors = []
    this.chosen = ''
    this.values = new Map()
  }

  #set(path: string, value: string): void {
    this.values = new Map([...this.values, [path, value]])
  }

  #input(field: FormField): TemplateResult {
    const { path, kind, choices, otherwise, needed } = field
    const value = this.values.get(path) ?? ''
    const set = (e: Event): void => this.#set(path, (e.target as HTMLInputElement).value)
    if (kind === 'choice' || kind === 'switch')
      return html`<select name=${path} @change=${set}>
        <option value="">${otherwise === '' ? '–' : t('sources.otherwise', { value: otherwise })}</option>
        ${(kind === 'switch' ? ['true', 'false'] : choices).map((c) => html`<option ?selected=${c === value}>${c}</option>`)}
      </select>`
    if (kind === 'lines')
      return html`<textarea name=${path} rows="2" placeholder=${otherwise} .value=${value} @input=${set}></textarea>`
    return html`<input
      name=${path}
      inputmode=${kind === 'number' ? 'numeric' : 'text'}
      placeholder=${otherwise}
      ?required=${needed && !path.includes('.')}
      .value=${value}
      @input=${set}
    />`
  }

  override render(): TemplateResult {
    const connector = this.connectors.find((c) => c.name === this.chosen)
    const fields = connector ? fieldsOf(connector.schema) : []
    const head = {
      name: this.values.get('@name') || 'my-source',
      connector: this.chosen,
      mapper: this.values.get('@mapper') || 'my-mapper',
    }
    return html`<form @submit=${(e: Event) => e.preventDefault()}>
      <label class="field"
        ><span>${t('sources.connector')}</span
        ><select
          name="connector"
          @change=${(e: Event) => {
            this.chosen = (e.target as HTMLSelectElement).value
            this.values = new Map()
          }}
        >
          <option value="">–</option>
          ${this.connectors.map((c) => html`<option value=${c.name} ?selected=${c.name === this.chosen}>${c.title}</option>`)}
        </select></label
      >
      ${
        connector
          ? html`${(['name', 'mapper'] as const).map(
                (key) =>
                  html`<label class="field"
                    ><span>${t(key === 'name' ? 'sources.name' : 'sources.mapper')}</span
                    ><input
                      name=${key}
                      .value=${this.values.get(`@${key}`) ?? ''}
                      @input=${(e: Event) => this.#set(`@${key}`, (e.target as HTMLInputElement).value)}
                  /></label>`,
              )}
              ${fields.map(
                (f) =>
                  html`<label class="field"
                    ><span class="mono">${f.path}${f.needed ? ' *' : ''}</span>${this.#input(f)}<span class="quiet"
                      >${f.about}</span
                    ></label
                  >`,
              )}
              <p class="quiet">${t('sources.yaml')}</p>
              <pre tabindex="0" aria-label=${t('sources.yaml')}>${yamlOf(head, fields, this.values)}</pre>`
          : nothing
      }
    </form>`
  }
}
customElements.define('gw-settings-form', GwSettingsForm)
