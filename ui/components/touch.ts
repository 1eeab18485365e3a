import { css } from 'lit'

/** For screens that are used standing, with a finger: everything to touch is 44 px high at least (WCAG 2.5.5). */
export const touch = css`
  button,
  .button,
  input:not([type='checkbox'], [type='radio']),
  select {
    min-height: 44px;
  }
  button,
  .button {
    justify-content: center;
    min-width: 44px;
    padding: 8px 16px;
  }
  .back,
  summary {
    min-height: 44px;
  }
  summary {
    display: flex;
    gap: 8px;
    align-items: center;
    cursor: pointer;
  }
  summary::before {
    content: '';
    width: 7px;
    height: 7px;
    margin: 0 4px;
    border: solid var(--ink-2);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  details[open] > summary::before {
    transform: rotate(45deg);
  }
  fieldset label {
    align-items: center;
    min-height: 44px;
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 20px;
    height: 20px;
  }
`
