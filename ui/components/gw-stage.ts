import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import type { StageName, StageStatus } from '../common/timeline.ts'
import { GwElement } from './gw-element.ts'
import { toneIcon } from './icons.ts'
import { base } from './styles.ts'

const drawn: Readonly<Record<StageStatus, Parameters<typeof toneIcon>[0] | undefined>> = {
  done: 'good',
  active: 'way',
  person: 'person',
  unknown: 'unknown',
  ended: 'closed',
  none: 'closed',
  ahead: undefined,
}

/** One stage of the way through the house: a node on the line, its time and outcome, and what it kept (the slot). */
export class GwStage extends GwElement {
  static override properties = {
    name: { reflect: true },
    status: { reflect: true },
    at: {},
    outcome: {},
    empty: { type: Boolean },
    expanded: { type: Boolean },
    last: { type: Boolean, reflect: true },
  }
  declare name: StageName
  declare status: StageStatus
  declare at: string | null
  declare outcome: string
  declare empty: boolean
  declare expanded: boolean
  declare last: boolean

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: 26px minmax(0, 1fr);
        column-gap: 12px;
      }
      .line {
        position: relative;
        display: flex;
        justify-content: center;
      }
      .line::before {
        content: '';
        position: absolute;
        top: 0;
        bottom: 0;
        left: 12px;
        width: 2px;
        background: var(--line);
      }
      :host([status='done']) .line::before {
        background: var(--good);
        opacity: 0.45;
      }
      :host([name='received']) .line::before {
        top: 18px;
      }
      :host([last]) .line::before {
        bottom: auto;
        height: 12px;
      }
      .node {
        position: relative;
        display: grid;
        place-items: center;
        width: 26px;
        height: 26px;
        margin-top: 7px;
        border: 3px solid var(--surface);
        border-radius: 50%;
        background: var(--wait-bg);
        color: var(--wait);
      }
      .node .icon {
        width: 12px;
        height: 12px;
      }
      :host([status='done']) .node {
        background: var(--good-bg);
        color: var(--good);
      }
      :host([status='active']) .node {
        background: var(--way-bg);
        color: var(--way);
      }
      :host([status='person']) .node {
        background: var(--person-bg);
        color: var(--person);
      }
      :host([status='unknown']) .node {
        background: var(--unknown-bg);
        color: var(--unknown);
      }
      :host([status='ahead']) .node {
        width: 14px;
        height: 14px;
        margin-top: 13px;
        border-width: 3px;
        background: var(--line-strong);
      }
      summary,
      .flat {
        display: grid;
        grid-template-columns: 132px minmax(0, 1fr) auto 16px;
        gap: 4px 12px;
        align-items: baseline;
        padding: 9px 8px 9px 4px;
        border-radius: 6px;
        list-style: none;
      }
      summary {
        cursor: pointer;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        background: var(--hover);
      }
      summary::after {
        content: '';
        width: 7px;
        height: 7px;
        border: solid var(--ink-2);
        border-width: 0 1.5px 1.5px 0;
        transform: translateY(-3px) rotate(45deg);
        transition: transform 120ms;
      }
      details[open] > summary::after {
        transform: translateY(1px) rotate(225deg);
      }
      h3 {
        font-size: 14px;
        font-weight: 600;
      }
      :host([status='ahead']) h3,
      :host([status='none']) h3 {
        color: var(--ink-2);
        font-weight: 450;
      }
      .outcome {
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      :host([status='person']) .outcome {
        color: var(--person);
      }
      :host([status='unknown']) .outcome {
        color: var(--unknown);
      }
      gw-time {
        color: var(--ink-2);
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      .content {
        padding: 4px 8px 16px 4px;
      }
      @media (max-width: 640px) {
        summary,
        .flat {
          grid-template-columns: minmax(0, 1fr) auto 16px;
        }
        .outcome {
          grid-row: 2;
          grid-column: 1 / -1;
        }
      }
    `,
  ]

  override render(): TemplateResult {
    const tone = drawn[this.status]
    const head = html`<h3>
        ${t(`stage.${this.name}`)}<span class="visually-hidden">: ${t(`status.${this.status}`)}</span>
      </h3>
      <span class="outcome">${this.outcome}</span>
      ${this.at === null ? html`<span></span>` : html`<gw-time .at=${this.at} clock></gw-time>`}`
    return html`<div class="line"><div class="node">${tone ? toneIcon(tone) : nothing}</div></div>
      ${
        this.empty
          ? html`<div class="flat">${head}</div>`
          : html`<details ?open=${this.expanded}>
              <summary>${head}</summary>
              <div class="content"><slot></slot></div>
            </details>`
      }`
  }
}
customElements.define('gw-stage', GwStage)
