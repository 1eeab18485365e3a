import { css, html, nothing, type TemplateResult } from 'lit'
import { language, languages, t } from '../common/i18n.ts'
import type { Session } from '../data/session.ts'
import { GwElement } from './gw-element.ts'
import { icons, mark } from './icons.ts'
import { base, buttons, inputs } from './styles.ts'

/**
 * The bar at the top: product, sandbox badge, search, language, who is logged in.
 * Fires `gw-search` (text) while typing, `gw-search-enter`, `gw-language` (code), `gw-log-out`.
 */
export class GwTopBar extends GwElement {
  static override properties = { session: { attribute: false }, sandbox: { type: Boolean }, q: {} }
  declare session: Session | undefined
  declare sandbox: boolean
  declare q: string

  static override styles = [
    base,
    buttons,
    inputs,
    css`
      header {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 10px 16px;
        min-height: 52px;
        padding: 8px 24px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .name {
        display: inline-flex;
        align-items: center;
        gap: 10px;
        color: var(--ink);
        font-size: 15px;
        font-weight: 650;
        letter-spacing: -0.01em;
        text-decoration: none;
        white-space: nowrap;
      }
      .flows {
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      .sandbox {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 2px 10px;
        border: 1px dashed var(--line-strong);
        border-radius: 6px;
        color: var(--ink-2);
        font-size: 12.5px;
        white-space: nowrap;
      }
      .sandbox b {
        color: var(--ink);
        font-weight: 600;
      }
      .search {
        position: relative;
        flex: 0 1 220px;
        margin-left: auto;
      }
      .search .icon {
        position: absolute;
        top: 10px;
        left: 10px;
        color: var(--ink-2);
        pointer-events: none;
      }
      .search input {
        padding-left: 32px;
        padding-right: 34px;
        background: var(--bg);
      }
      kbd {
        position: absolute;
        top: 8px;
        right: 9px;
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 4px;
        background: var(--surface);
        color: var(--ink-2);
        font: 12px/17px var(--mono);
        pointer-events: none;
      }
      input:focus ~ kbd,
      input:not(:placeholder-shown) ~ kbd {
        display: none;
      }
      select {
        width: auto;
      }
      .who {
        color: var(--ink-2);
        white-space: nowrap;
      }
      .who b {
        color: var(--ink);
        font-weight: 600;
      }
      @media (max-width: 1640px) {
        .sandbox span,
        .role {
          display: none;
        }
      }
      @media (max-width: 1080px) {
        .search {
          flex: 1 1 240px;
        }
        .tools {
          margin-left: auto;
        }
      }
      @media (pointer: coarse) {
        .flows,
        .name {
          display: inline-flex;
          align-items: center;
          min-height: 44px;
        }
        button,
        select,
        .search input {
          min-height: 44px;
        }
        .search .icon {
          top: 15px;
        }
        kbd {
          display: none;
        }
      }
      @media (max-width: 760px) {
        header {
          padding: 8px 16px;
        }
        .who {
          display: none;
        }
      }
      .tools {
        display: inline-flex;
        align-items: center;
        gap: 12px;
      }
    `,
  ]

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.composedPath()[0]
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
    event.preventDefault()
    this.renderRoot.querySelector('input')?.select()
  }
  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('keydown', this.#onKey)
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('keydown', this.#onKey)
  }

  #fire(type: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }

  #search(): TemplateResult {
    return html`<div class="search" role="search">
      ${icons.search}
      <input
        type="search"
        aria-label=${t('search.label')}
        placeholder=${t('search.label')}
        autocomplete="off"
        spellcheck="false"
        maxlength="64"
        .value=${this.q}
        @input=${(e: InputEvent) => this.#fire('gw-search', (e.target as HTMLInputElement).value)}
        @keydown=${(e: KeyboardEvent) => {
          if (e.key === 'Enter') this.#fire('gw-search-enter')
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>`
  }

  override render(): TemplateResult {
    const { session } = this
    return html`<header>
      <a class="name" href="#/">${mark}eCoC Gateway</a>
      ${
        this.sandbox
          ? html`<div class="sandbox" title=${t('sandbox.long')}>
              ${icons.flask}<b>${t('sandbox.short')}</b><span>${t('sandbox.long')}</span>
            </div>`
          : nothing
      }
      ${session ? html`<a class="flows" href="#/sign-offs">${t('signoffs.title')}</a><a class="flows" href="#/bases">${t('bases.title')}</a><a class="flows" href="#/flows">${t('flows.title')}</a><a class="flows" href="#/rejections">${t('rejections.title')}</a><a class="flows" href="#/mappers">${t('mappers.title')}</a><a class="flows" href="#/sources">${t('sources.title')}</a><a class="flows" href="#/access-points">${t('points.title')}</a>${this.#search()}` : html`<div class="search"></div>`}
      <div class="tools">
        <select
          aria-label=${t('language.label')}
          @change=${(e: Event) => this.#fire('gw-language', (e.target as HTMLSelectElement).value)}
        >
          ${languages.map(
            (l) => html`<option value=${l.code} lang=${l.code} ?selected=${l.code === language()}>${l.name}</option>`,
          )}
        </select>
        ${
          session
            ? html`<span class="who"><b>${session.name}</b><span class="role"> · ${session.role}</span></span>
                <button type="button" @click=${() => this.#fire('gw-log-out')}>${t('session.logOut')}</button>`
            : nothing
        }
      </div>
    </header>`
  }
}
customElements.define('gw-top-bar', GwTopBar)
