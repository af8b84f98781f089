/** A chart with its figures as a table beside it: a page without anything from elsewhere, which prints. */
import { escapeText } from './svg.ts'
import type { Cell, DataTable } from './tables.ts'

const STYLE = `:root{color-scheme:light dark}body{margin:2rem;font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif;color:#1b2027;background:#fff}
figure{margin:0;overflow-x:auto}figcaption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.table{overflow-x:auto;margin-top:2rem}table{border-collapse:collapse}caption{text-align:left;font-weight:650;padding-bottom:.5rem}
th,td{padding:.3rem .75rem;text-align:left;border-bottom:1px solid #e3e7ec;white-space:nowrap}td.number{text-align:right;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){body{color:#e8ecf1;background:#12161c}th,td{border-color:#29313b}}
@media print{body{margin:0;color:#1b2027;background:#fff}figure svg{max-width:100%;height:auto}tr{break-inside:avoid}}`

const cell = (value: Cell): string => (typeof value === 'number' ? `<td class="number">${value}</td>` : `<td>${value === null ? '' : escapeText(typeof value === 'string' ? value : value ? 'yes' : 'no')}</td>`)

/**
 * A page of HTML with a chart, and below it the table of its figures.
 *
 * @param title - of the page, and the caption of the table.
 * @param svg - as `timelineSvg`, `graphSvg` or `burnUpSvg` give it.
 * @param table - the same in figures.
 */
export function chartPage(title: string, svg: string, { columns, rows }: DataTable): string {
  const name = escapeText(title)
  const head = columns.map((column) => `<th scope="col">${escapeText(column.replaceAll('_', ' '))}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><style>${STYLE}</style></head>
<body>
<main>
<figure tabindex="0">${svg}<figcaption>${name}. The table below has the same in figures.</figcaption></figure>
<div class="table" role="region" aria-label="${name}: figures" tabindex="0"><table><caption>${name}</caption><thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>
</main>
</body>
</html>
`
}
