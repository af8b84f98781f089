/**
 * What the charts have in common: escaping, text that fits, colours in light and dark, and the frame with title and description.
 *
 * A chart is one SVG without scripts or fonts of its own. Its colours are CSS variables: a page that holds it inline can set them
 * (`.br-chart { --br-done: ... }`), `data-theme` of an ancestor switches them as the documentation does, and without either the
 * reader's colour scheme decides. On paper it is light.
 */
import type { Status } from '../plans/types.ts'

/** What every chart takes. */
export interface ChartOptions {
  /**
   * Colours: those of the reader's scheme, or always the same.
   * @defaultValue 'auto'
   */
  theme?: 'auto' | 'light' | 'dark'
  /**
   * Begins the ids of its title and description, so that several charts can stand in one page.
   * @defaultValue 'br'
   */
  idPrefix?: string
}

// what XML 1.0 has no place for
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it stands in SVG and HTML, in one line. */
export const escapeText = (text: string): string => text.replace(UNPRINTABLE, '').replace(/\s+/g, ' ').trim().replace(/[&<>"']/g, (character) => ENTITIES[character]!)

/** Widths in em of the widest of the common system fonts, by kinds of characters: near enough to say where text must be cut. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,:;'|!()[\]\s]/u, 0.33], [/[ftr\-"]/u, 0.4], [/[mwMW@%]/u, 0.92], [/[A-Z]/u, 0.7], [/[\u1100-\u115f\u2e80-\ud7a3\uf900-\uffef]|\p{Emoji_Presentation}/u, 1], [/\p{M}/u, 0],
]
const widthOf = (character: string): number => WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? 0.61

/** About how wide a text is, in pixels. */
export const measure = (text: string, size: number): number => size * [...text].reduce((sum, character) => sum + widthOf(character), 0)

/** The text, cut with an ellipsis where it would be wider. */
export function fit(text: string, size: number, width: number): string {
  if (measure(text, size) <= width) return text
  let [out, used] = ['', 1]
  for (const character of text) {
    used += widthOf(character)
    if (used * size > width) break
    out += character
  }
  return `${out.trimEnd()}…`
}

/** What bold letters are wider by. */
export const BOLD = 1.12

/** The text in at most two lines, the second cut where it would be wider. */
export function wrap(text: string, size: number, width: number): string[] {
  const words = text.replace(/\s+/g, ' ').trim().split(' ')
  let first = words.shift()!
  while (words.length > 0 && measure(`${first} ${words[0]}`, size) <= width) first += ` ${words.shift()}`
  return [fit(first, size, width), ...(words.length === 0 ? [] : [fit(words.join(' '), size, width)])]
}

/** Pixels with one decimal. */
export const px = (value: number): string => String(Math.round(value * 10) / 10)

const LIGHT = {
  bg: '#ffffff', text: '#1b2027', muted: '#59636e', grid: '#e3e7ec', band: '#f4f6f8', edge: '#98a2ae', todo: '#dde3ea', 'todo-line': '#8593a3',
  done: '#2b8a57', active: '#2f6fde', review: '#8250df', blocked: '#cf2f3a', critical: '#d9730d', today: '#d6336c', node: '#ffffff',
}
const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  bg: '#12161c', text: '#e8ecf1', muted: '#9aa5b1', grid: '#29313b', band: '#181d24', edge: '#5f6b78', todo: '#323c48', 'todo-line': '#7b8896',
  done: '#3fb277', active: '#5b93f5', review: '#a983f0', blocked: '#f0616b', critical: '#f59a3c', today: '#f06595', node: '#1a2028',
}
const variables = (colours: Readonly<Record<string, string>>): string => Object.entries(colours).map(([name, value]) => `--br-${name}:${value}`).join(';')

const RULES = `.br-chart{background:var(--br-bg);color-scheme:light dark}
.br-chart text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',sans-serif;font-size:12px;fill:var(--br-text)}
.br-chart .br-heading{font-size:18px;font-weight:650}
.br-chart .br-strong{font-weight:650}
.br-chart .br-muted{fill:var(--br-muted)}
.br-chart .br-small{font-size:11px}
.br-chart .br-number{font-variant-numeric:tabular-nums}
.br-chart .br-grid{stroke:var(--br-grid);stroke-width:1;fill:none}
.br-chart .br-band{fill:var(--br-band)}
.br-chart .br-edge{stroke:var(--br-edge);stroke-width:1.25;fill:none}
.br-chart .br-edge.br-critical{stroke:var(--br-critical);stroke-width:2}
.br-chart .br-today{stroke:var(--br-today);stroke-width:1.5;stroke-dasharray:4 3}
.br-chart .br-today-text{fill:var(--br-today);font-weight:650}
.br-chart .br-late{fill:var(--br-blocked)}
${(['done', 'active', 'review', 'blocked', 'critical', 'edge'] as const).map((name) => `.br-chart .br-fill-${name}{fill:var(--br-${name})}`).join('')}
.br-chart .br-fill-todo{fill:var(--br-todo);stroke:var(--br-todo-line);stroke-width:1}
.br-chart .br-fill-cancelled{fill:none;stroke:var(--br-todo-line);stroke-width:1;stroke-dasharray:3 2}`

function styleOf(theme: ChartOptions['theme']): string {
  const [light, dark] = [variables(LIGHT), variables(DARK)]
  if (theme === 'light') return `.br-chart{${light}}\n${RULES}`
  if (theme === 'dark') return `.br-chart{${dark}}\n@media print{.br-chart{${light}}}\n${RULES}`
  return `.br-chart{${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme='light']) .br-chart,:root.br-chart{${dark}}}
:root[data-theme='dark'] .br-chart{${dark}}
@media print{.br-chart.br-chart.br-chart{${light}}}
${RULES}`
}

/** The colour of a status, by its class. */
export const STATUS_FILL: Readonly<Record<Status, string>> = {
  todo: 'br-fill-todo', in_progress: 'br-fill-active', blocked: 'br-fill-blocked', in_review: 'br-fill-review', done: 'br-fill-done', cancelled: 'br-fill-cancelled',
}
/** The words for it. */
export const STATUS_TEXT: Readonly<Record<Status, string>> = { todo: 'to do', in_progress: 'in progress', blocked: 'blocked', in_review: 'in review', done: 'done', cancelled: 'cancelled' }

/** Statuses as the API and as plan documents write them; one that this version does not know is drawn as one to do. */
export function statusName(status: string): Status {
  const name = status.toLowerCase()
  return Object.hasOwn(STATUS_TEXT, name) ? (name as Status) : 'todo'
}

/** A sign for each status, so that colour is not all that tells them apart: drawn, not written, for fonts differ. */
export function statusSign(status: Status, x: number, y: number): string {
  const [cx, cy] = [px(x), px(y)]
  switch (status) {
    case 'done': return `<circle cx="${cx}" cy="${cy}" r="5" class="br-fill-done"/><path d="M${px(x - 2.4)} ${px(y + 0.1)}l1.7 1.8 3.2-3.6" fill="none" stroke="var(--br-bg)" stroke-width="1.5"/>`
    case 'in_progress': return `<circle cx="${cx}" cy="${cy}" r="4.4" fill="none" stroke="var(--br-active)" stroke-width="1.4"/><path d="M${cx} ${px(y - 4.4)}a4.4 4.4 0 0 1 0 8.8z" class="br-fill-active"/>`
    case 'in_review': return `<circle cx="${cx}" cy="${cy}" r="4.4" fill="none" stroke="var(--br-review)" stroke-width="1.4"/><circle cx="${cx}" cy="${cy}" r="2" class="br-fill-review"/>`
    case 'blocked': return `<rect x="${px(x - 4.5)}" y="${px(y - 4.5)}" width="9" height="9" rx="1.5" class="br-fill-blocked"/><path d="M${px(x - 2.5)} ${cy}h5" stroke="var(--br-bg)" stroke-width="1.6"/>`
    case 'cancelled': return `<path d="M${px(x - 3)} ${px(y - 3)}l6 6m0-6l-6 6" stroke="var(--br-todo-line)" stroke-width="1.5"/>`
    case 'todo': return `<circle cx="${cx}" cy="${cy}" r="4.4" fill="none" stroke="var(--br-todo-line)" stroke-width="1.4"/>`
  }
}

/** One line of a legend, from the left. */
export function legend(entries: readonly { sign: (x: number, y: number) => string; text: string }[], x: number, y: number): string {
  let at = x
  return entries.map(({ sign, text }) => {
    const drawn = `${sign(at + 8, y - 4)}<text x="${px(at + 20)}" y="${px(y)}" class="br-muted br-small">${escapeText(text)}</text>`
    at += 20 + measure(text, 11) + 18
    return drawn
  }).join('')
}

/** The whole document. `summary` says in words what the chart shows, for those who cannot see it. */
export function chart(body: string, { width, height, title, summary, theme = 'auto', idPrefix = 'br' }: ChartOptions & { width: number; height: number; title: string; summary: string }): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)]
  return `<svg xmlns="http://www.w3.org/2000/svg" class="br-chart" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">
<title id="${idPrefix}-title">${escapeText(title)}</title>
<desc id="${idPrefix}-desc">${escapeText(summary)}</desc>
<style>${styleOf(theme)}</style>
<rect width="${w}" height="${h}" fill="var(--br-bg)"/>
${body}
</svg>
`
}
