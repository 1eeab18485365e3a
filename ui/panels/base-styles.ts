import { css } from 'lit'

/** Pages of base eCoCs and data sheets: forms in columns, lists of vehicles. */
export const baseStyles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    gap: 12px 16px;
  }
  form {
    display: grid;
    gap: 12px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    align-items: center;
    padding: 6px 0;
    border-top: 1px solid var(--line);
  }
  .line > a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
  .line button {
    margin-left: auto;
  }
  .line p {
    flex-basis: 100%;
  }
  .age {
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .state {
    font-weight: 650;
  }
  textarea {
    font-family: var(--mono);
    font-size: 13px;
  }
  dl.facts dd {
    font-size: 14px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
`
