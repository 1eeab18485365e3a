import { css } from 'lit'

/** What looks alike everywhere: boxes, links, buttons, focus. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  a:hover {
    color: var(--accent-hover);
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 3px;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd {
    margin: 0;
  }
  .mono {
    font-family: var(--mono);
    font-size: 0.93em;
  }
  .quiet {
    color: var(--ink-2);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`

export const buttons = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-weight: 550;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:not(:disabled),
  .button:hover {
    background: var(--hover);
    color: var(--ink);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover:not(:disabled) {
    border-color: var(--accent-hover);
    background: var(--accent-hover);
    color: var(--on-accent);
  }
  button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  button.plain {
    border-color: transparent;
    background: transparent;
  }
`

export const inputs = css`
  label {
    display: block;
    margin-bottom: 4px;
    font-weight: 550;
  }
  input,
  textarea,
  select {
    width: 100%;
    min-height: 34px;
    padding: 5px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  textarea {
    min-height: 76px;
    resize: vertical;
  }
  input:focus-visible,
  textarea:focus-visible,
  select:focus-visible {
    outline-offset: -1px;
    border-radius: 6px;
  }
  ::placeholder {
    color: var(--ink-2);
    opacity: 1;
  }
`

/** Small tables inside a stage: as wide as they need, scrolled inside where the page is narrow. */
export const tables = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th {
    padding: 4px 12px 4px 0;
    color: var(--ink-2);
    font-weight: 500;
    text-align: left;
    white-space: nowrap;
  }
  td {
    padding: 4px 12px 4px 0;
    border-top: 1px solid var(--line);
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  td.whole {
    overflow-wrap: normal;
    white-space: nowrap;
  }
  th.number,
  td.number {
    text-align: right;
    white-space: nowrap;
  }
`
