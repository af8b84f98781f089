/** Elements without a framework: what the islands of the documentation are made of. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>

/** An element with attributes (true: without a value; false and undefined: none) and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value)
  made.append(...children)
  return made
}

let count = 0
/** An id that nothing on the page has. */
export const uniqueId = (): string => `br-${++count}`

export interface FieldOptions {
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
}

/** A control with its label and hint. */
export function field(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, { label, hint = '', required = false }: FieldOptions): HTMLElement {
  control.id = uniqueId()
  const name = element('label', { for: control.id }, label, ...(required ? [element('span', { class: 'star', 'aria-hidden': 'true' }, ' *')] : []))
  if (required) control.required = true
  if (hint === '') return element('div', { class: 'br-field' }, name, control)
  const about = element('p', { id: `${control.id}-hint` }, hint)
  control.setAttribute('aria-describedby', about.id)
  return element('div', { class: 'br-field' }, name, control, about)
}
