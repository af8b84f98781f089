/** Where an error is explained. */
import { element } from './elements.ts'
import { text } from './texts.ts'

/** A line with a link to the page of the code; nothing for what has none. */
export function remedyOf(code: string | undefined): HTMLElement[] {
  if (code === undefined || !/^[A-Z][A-Z_]+$/.test(code)) return []
  return [element('p', { class: 'remedy' }, element('a', { href: `/troubleshooting/${code.toLowerCase().replaceAll('_', '-')}/` }, text('remedy', { code })))]
}
