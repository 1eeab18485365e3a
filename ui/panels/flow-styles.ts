import { css } from 'lit'

export const flowStyles = css`
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-width: 1100px;
    margin: 0 auto;
    padding: 24px 24px 48px;
  }
  .head,
  .title {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
    justify-content: space-between;
  }
  .title {
    justify-content: flex-start;
  }
  h1 {
    font-size: 22px;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    font-size: 15px;
  }
  h3 {
    font-size: 13px;
  }
  .scroll {
    position: relative;
  }
  tbody th {
    border-top: 1px solid var(--line);
    color: var(--ink);
    vertical-align: top;
  }
  td:first-child {
    min-width: 10em;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 16px 18px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  .back {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    justify-self: start;
    font-weight: 550;
    text-decoration: none;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 32px;
  }
  dt {
    color: var(--ink-2);
    font-size: 12.5px;
  }
  dd {
    font-size: 17px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  ul {
    display: grid;
    gap: 1px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .verbs {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .done {
    color: var(--good);
    font-weight: 600;
    white-space: nowrap;
  }
  .open {
    color: var(--wait);
    white-space: nowrap;
  }
  @media (max-width: 760px) {
    main {
      padding: 16px 16px 40px;
    }
  }
`
