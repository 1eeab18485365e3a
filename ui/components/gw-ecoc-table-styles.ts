import { css } from 'lit'

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
    font-size: 13.5px;
  }
  th {
    position: sticky;
    top: var(--top-bar, 0);
    z-index: 1;
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    color: var(--ink-2);
    font-size: 12.5px;
    font-weight: 550;
    text-align: left;
  }
  .vin-column {
    width: 196px;
  }
  .state-column {
    width: 200px;
  }
  th.mapper,
  th.point {
    width: 116px;
  }
  th.time {
    width: 124px;
  }
  td {
    padding: 6px 12px;
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  tbody tr {
    cursor: pointer;
  }
  tbody tr:hover {
    background: var(--hover);
  }
  /* A quiet mark at the edge, so that the eye finds what waits for somebody. */
  tr.person td:first-child {
    box-shadow: inset 3px 0 var(--person);
  }
  tr.unknown td:first-child {
    box-shadow: inset 3px 0 var(--unknown);
  }
  a {
    text-decoration: none;
  }
  a:hover gw-vin {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .version {
    margin-left: 6px;
    color: var(--ink-2);
    font-size: 12px;
  }
  .why {
    line-height: 1.35;
  }
  .reason {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .next,
  .mapper,
  .point {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .next {
    color: var(--ink-2);
    font-size: 12.5px;
  }
  td.mapper,
  td.point,
  td.time {
    color: var(--ink-2);
  }
  th.time,
  td.time {
    text-align: right;
  }
  tr.fresh td {
    animation: arrive 1.6s ease-out;
  }
  @keyframes arrive {
    0% {
      background: var(--way-bg);
      transform: translateY(-8px);
      opacity: 0;
    }
    15% {
      transform: none;
      opacity: 1;
    }
    60% {
      background: var(--way-bg);
    }
  }
  @media (max-width: 1080px) {
    .mapper {
      display: none;
    }
  }
  @media (max-width: 960px) {
    .point {
      display: none;
    }
  }
  @media (max-width: 760px) {
    table,
    tbody,
    tr,
    td {
      display: block;
    }
    thead {
      display: none;
    }
    tbody tr {
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
    }
    td {
      padding: 2px 12px;
      border: 0;
    }
    td.time {
      text-align: left;
    }
  }
`
