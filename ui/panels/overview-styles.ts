import { css } from 'lit'

export const overviewStyles = css`
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-width: 1440px;
    margin: 0 auto;
    padding: 24px 24px 48px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: baseline;
    justify-content: space-between;
  }
  h1 {
    font-size: 22px;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .live {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    color: var(--ink-2);
    font-size: 13px;
  }
  .live::before {
    content: '';
    width: 8px;
    height: 8px;
    border: 2px solid var(--unknown);
    border-radius: 50%;
  }
  .live.on::before {
    border-color: var(--good);
    background: var(--good);
  }
  .issue {
    padding: 8px 12px;
    border-left: 3px solid var(--person);
    border-radius: 4px;
    background: var(--person-bg);
    color: var(--person);
  }
  .card {
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    overflow: clip;
  }
  .foot {
    display: flex;
    gap: 16px;
    align-items: center;
    justify-content: space-between;
    min-height: 34px;
    font-size: 13px;
  }
  .pill {
    position: sticky;
    top: 12px;
    z-index: 3;
    display: flex;
    justify-content: center;
    height: 0;
  }
  .pill button {
    height: 34px;
    border-radius: 999px;
    box-shadow: var(--shadow);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 64px 24px;
    border: 1px dashed var(--line-strong);
    border-radius: 10px;
    text-align: center;
  }
  .empty h2 {
    font-size: 17px;
    font-weight: 600;
  }
  .empty .button {
    margin-top: 8px;
  }
  .circle {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    background: var(--wait-bg);
    color: var(--wait);
  }
  .path {
    padding: 6px 12px;
    border-radius: 6px;
    background: var(--sunken);
    overflow-wrap: anywhere;
  }
  .loading {
    padding: 48px 0;
    text-align: center;
  }
  @media (max-width: 760px) {
    main {
      padding: 16px 16px 40px;
    }
  }
`
