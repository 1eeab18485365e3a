import { css } from 'lit'

/** The sign-off page: what is to be judged left, what may be done about it right; one below the other on a narrow screen. */
export const signOffStyles = css`
  .page {
    max-width: 1240px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 312px;
    gap: 16px;
    align-items: start;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  aside.stack {
    position: sticky;
    top: 16px;
  }
  h1 {
    scroll-margin-top: 16px;
  }
  dl.facts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 28px;
  }
  dl.facts dd {
    font-size: 14px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .decide {
    display: grid;
    gap: 10px;
  }
  .note {
    padding: 10px 14px;
    border-left: 4px solid var(--unknown);
    border-radius: 6px;
    background: var(--unknown-bg);
    color: var(--unknown);
  }
  .note.person {
    border-color: var(--person);
    background: var(--person-bg);
    color: var(--person);
  }
  .people {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .people p {
    overflow-wrap: anywhere;
  }
  .trends {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(300px, 1fr));
    gap: 20px 24px;
  }
  .small {
    font-size: 12.5px;
  }
  @media (max-width: 900px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    aside.stack {
      position: static;
    }
  }
`
