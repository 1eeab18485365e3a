import { css, html, nothing, type TemplateResult } from 'lit'
import { t, type Key } from '../common/i18n.ts'
import { shortPath } from '../common/text.ts'
import type { Preview, PreviewField, Suggestion } from '../data/mappers.ts'
import { GwElement } from './gw-element.ts'
import './gw-findings.ts'
import { base, buttons, inputs, tables } from './styles.ts'

const views = ['own', 'all', 'unmapped', 'unused', 'findings'] as const
type View = (typeof views)[number]

const suggested = (suggestions: readonly Suggestion[]): TemplateResult =>
  suggestions.length === 0
    ? html`<span class="quiet">–</span>`
    : html`${suggestions.map((s) => html`<div class="line"><code>${s.line}</code> <span class="quiet">${s.score} %</span></div>`)}`

/** A record on its way through a mapper: source, value and element of everything, and what is left over on both sides. */
export class GwPreview extends GwElement {
  static override properties = { preview: { attribute: false }, view: { state: true }, filter: { state: true } }
  declare preview: Preview
  declare view: View
  declare filter: string
  constructor() {
    super()
    this.view = 'own'
    this.filter = ''
  }

  static override styles = [
    base,
    buttons,
    inputs,
    tables,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        margin-bottom: 10px;
      }
      .bar input {
        flex: 1 1 180px;
        max-width: 280px;
        margin-left: auto;
      }
      button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--hover);
        font-weight: 650;
      }
      .scroll {
        max-height: 560px;
        overflow: auto;
      }
      th {
        position: sticky;
        top: 0;
        background: var(--surface);
      }
      td {
        max-width: 26em;
      }
      code {
        font-family: var(--mono);
        font-size: 0.93em;
        overflow-wrap: anywhere;
      }
      .bad {
        color: var(--person);
      }
      .read {
        display: block;
      }
    `,
  ]

  #count(view: View): number {
    const { fields, unmapped, unused, findings } = this.preview
    const counts = { all: fields.length, own: this.#own().length, unmapped: unmapped.length, unused: unused.length }
    return view === 'findings' ? findings.length : counts[view]
  }
  #own(): readonly PreviewField[] {
    return this.preview.fields.filter((f) => f.expression !== '')
  }

  #fits(...texts: readonly string[]): boolean {
    return texts.join('\n').toLowerCase().includes(this.filter.trim().toLowerCase())
  }

  #table(name: Key, head: readonly Key[], rows: readonly TemplateResult[]): TemplateResult {
    if (rows.length === 0) return html`<p class="quiet">${t('preview.none')}</p>`
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t(name)}>
      <table>
        <thead>
          <tr>
            ${head.map((key) => html`<th scope="col">${t(key)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`
  }

  #source(f: PreviewField): TemplateResult {
    const read = f.read.map((r) => html`<code class="read">${r.field} “${r.value}”</code>`)
    const how = f.expression === '' ? f.source : f.expression
    // A field that is only copied says no more than its name.
    if (f.read.length === 1 && f.read[0]?.field === how) return html`${read}`
    return html`${read}<span class=${f.read.length > 0 ? 'quiet' : ''}>${how}</span>`
  }

  #fields(fields: readonly PreviewField[]): TemplateResult {
    const rows = fields
      .filter((f) => this.#fits(f.path, f.label, f.value, f.source, f.expression, f.item))
      .map(
        (f) =>
          html`<tr>
            <td>${this.#source(f)}</td>
            <td class="mono ${f.findings.length > 0 ? 'bad' : ''}">
              ${f.value}${f.unit === '' ? nothing : html` <span class="quiet">${f.unit}</span>`}
              ${f.findings.map((x) => html`<div class="bad">${x.code}</div>`)}
            </td>
            <td class="whole">${f.item === '' ? '–' : f.item}</td>
            <td title=${f.path}>${f.label}<br /><span class="quiet">${shortPath(f.path)}</span></td>
          </tr>`,
      )
    return this.#table('preview.fields', ['preview.source', 'preview.value', 'versions.item', 'preview.element'], rows)
  }

  #unmapped(): TemplateResult {
    const rows = this.preview.unmapped
      .filter((u) => this.#fits(u.path, u.label, u.item))
      .map(
        (u) =>
          html`<tr>
            <td class="whole">${u.item === '' ? '–' : u.item}</td>
            <td title=${u.path}>
              ${u.label}${u.unit === '' ? nothing : ` (${u.unit})`}<br /><span class="quiet">${shortPath(u.path)}</span>
            </td>
            <td>${suggested(u.suggestions)}</td>
          </tr>`,
      )
    return this.#table('preview.unmapped', ['versions.item', 'preview.element', 'preview.perhaps'], rows)
  }

  #unused(): TemplateResult {
    const rows = this.preview.unused
      .filter((u) => this.#fits(u.field, u.value))
      .map(
        (u) =>
          html`<tr>
            <td class="mono">${u.field}</td>
            <td class="mono">${u.value}</td>
            <td>${suggested(u.suggestions)}</td>
          </tr>`,
      )
    return this.#table('preview.unused', ['preview.field', 'preview.value', 'preview.perhaps'], rows)
  }

  #body(): TemplateResult {
    switch (this.view) {
      case 'own':
        return this.#fields(this.#own())
      case 'all':
        return this.#fields(this.preview.fields)
      case 'unmapped':
        return this.#unmapped()
      case 'unused':
        return this.#unused()
      case 'findings':
        return this.preview.findings.length === 0
          ? html`<p class="quiet">${t('preview.none')}</p>`
          : html`<gw-findings .findings=${this.preview.findings}></gw-findings>`
    }
  }

  override render(): TemplateResult {
    return html`<div class="bar" role="group" aria-label=${t('preview.show')}>
        ${views.map(
          (view) =>
            html`<button type="button" aria-pressed=${this.view === view} @click=${() => (this.view = view)}>
              ${t(`preview.${view}`)} <span class="quiet">${this.#count(view)}</span>
            </button>`,
        )}
        <input
          type="search"
          aria-label=${t('elements.filter')}
          placeholder=${t('elements.filter')}
          .value=${this.filter}
          @input=${(e: InputEvent) => (this.filter = (e.target as HTMLInputElement).value)}
        />
      </div>
      ${this.#body()}`
  }
}
customElements.define('gw-preview', GwPreview)
