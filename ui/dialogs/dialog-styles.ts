import { css } from 'lit'

export const dialogStyles = css`
  dialog {
    width: min(680px, calc(100vw - 32px));
    max-height: calc(100vh - 48px);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: rgb(10 18 15 / 45%);
  }
  form {
    display: grid;
    gap: 16px;
    padding: 22px 24px;
  }
  h2 {
    font-size: 18px;
    letter-spacing: -0.01em;
  }
  h3 {
    margin-bottom: 6px;
    font-size: 13px;
    font-weight: 600;
  }
  .hash {
    padding: 8px 10px;
    border-radius: 6px;
    background: var(--sunken);
    font: 12.5px/1.5 var(--mono);
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .actions .first {
    margin-right: auto;
  }
  fieldset {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset label {
    display: flex;
    gap: 8px;
    align-items: baseline;
    margin: 0;
    font-weight: 450;
  }
  fieldset input {
    width: auto;
    min-height: 0;
  }
`
