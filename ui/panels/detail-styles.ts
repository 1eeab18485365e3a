import { css } from 'lit'

export const detailStyles = css`
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-width: 1240px;
    margin: 0 auto;
    padding: 20px 24px 48px;
  }
  .back {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    justify-self: start;
    text-decoration: none;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 24px;
    align-items: center;
    justify-content: space-between;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
  }
  h1 {
    font-size: 24px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  /* It is focused so that it is read out; it is nothing to act on. */
  h1:focus-visible {
    outline: none;
  }
  h2 {
    font-size: 14px;
    font-weight: 650;
  }
  h4 {
    margin: 14px 0 6px;
    font-size: 13px;
    font-weight: 600;
  }
  .verbs {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .callout {
    padding: 12px 16px;
    border-left: 4px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
  }
  .callout.person {
    border-color: var(--person);
    background: var(--person-bg);
    color: var(--person);
  }
  .callout.unknown {
    border-color: var(--unknown);
    background: var(--unknown-bg);
    color: var(--unknown);
  }
  .code {
    margin-left: 8px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 296px;
    gap: 16px;
    align-items: start;
  }
  .card,
  aside {
    padding: 18px 20px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  section > h2 {
    margin-bottom: 8px;
  }
  aside {
    position: sticky;
    top: 16px;
  }
  aside h2 {
    margin-bottom: 10px;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
    gap: 8px 20px;
    margin-bottom: 12px;
  }
  dl.column {
    grid-template-columns: 1fr;
    margin: 0;
  }
  dl.fields {
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 4px 20px;
    margin: 0;
  }
  dl.fields > div {
    display: flex;
    gap: 8px;
    justify-content: space-between;
    padding: 2px 0;
    border-bottom: 1px solid var(--line);
  }
  dt {
    color: var(--ink-2);
    font-size: 12.5px;
  }
  dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .stage-content {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    justify-items: stretch;
  }
  .stage-content > .button {
    justify-self: start;
  }
  .stage-content dl {
    margin-bottom: 0;
  }
  .history {
    margin-top: 12px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .history summary {
    display: flex;
    gap: 12px;
    align-items: baseline;
    cursor: pointer;
  }
  .history summary::marker {
    content: none;
  }
  .history summary::after {
    content: '';
    width: 7px;
    height: 7px;
    margin: 0 14px 0 auto;
    border: solid var(--ink-2);
    border-width: 0 1.5px 1.5px 0;
    transform: translateY(-3px) rotate(45deg);
  }
  .history[open] summary {
    margin-bottom: 8px;
  }
  @media (max-width: 1080px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      position: static;
      order: -1;
    }
    dl.column {
      grid-template-columns: repeat(auto-fill, minmax(170px, 1fr));
    }
  }
  @media (max-width: 760px) {
    main {
      padding: 16px 16px 40px;
    }
    .card,
    aside {
      padding: 14px;
    }
  }
`
