import { labelOf } from '../ivi/coc/coc.ts'
import type { Comparison } from './compare-sets.ts'
import type { FieldRate } from './match-rate.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const text = (value: string | number | undefined): string =>
  value === undefined ? '<i>absent</i>' : String(value).replace(/[&<>"]/g, (c) => escapes[c] ?? c)

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d9dee3;vertical-align:top}
th{font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{font:13px ui-monospace,monospace}i{color:#5b6670}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}thead{display:table-header-group}}`

const fieldRow = ({ element, vehicles, differing }: FieldRate): string =>
  `<tr><td>${text(labelOf(element, 'en'))}<br><code>${text(element)}</code></td><td class="n">${vehicles}</td>` +
  `<td class="n">${differing}</td><td class="n">${percent(vehicles - differing, vehicles)}</td></tr>`

const vehicleRows = ({ vin, stage, differences, missing }: Comparison['vehicles'][number]): string => {
  const head = `<td><code>${text(vin)}</code> stage ${stage}</td>`
  if (missing) return `<tr>${head}<td colspan="3">no document on ${missing === 'ours' ? 'our' : 'their'} side</td></tr>`
  return differences
    .map(
      (d) => `<tr>${head}<td><code>${text(d.path)}</code></td><td>${text(d.ours)}</td><td>${text(d.theirs)}</td></tr>`,
    )
    .join('\n')
}

/** The report of a comparison as one self-contained page: match rates by field, then every difference. */
export const reportHtml = ({ vehicles, rate }: Comparison, title: string): string => {
  const fields = rate.fields()
  const differing = fields.filter((f) => f.differing > 0)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${text(title)}</title><style>${style}</style></head><body>
<h1>${text(title)}</h1>
<p>${rate.vehicles} vehicles compared, ${rate.equal} without a difference (${percent(rate.equal, rate.vehicles)}).
${fields.length - differing.length} of ${fields.length} fields agree on every vehicle.</p>
<h2>Fields that differ</h2>
<table><thead><tr><th scope="col">Field</th><th scope="col" class="n">Vehicles</th><th scope="col" class="n">Differ</th><th scope="col" class="n">Agree</th></tr></thead>
<tbody>${differing.map(fieldRow).join('\n')}</tbody></table>
<h2>Differences</h2>
<table><thead><tr><th scope="col">Vehicle</th><th scope="col">Place</th><th scope="col">Ours</th><th scope="col">Theirs</th></tr></thead>
<tbody>${vehicles.map(vehicleRows).join('\n')}</tbody></table>
</body></html>
`
}
