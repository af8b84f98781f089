/** JSON with places: a thin layer over jsonc-parser's tree, for importers that report where something stands. */
import { parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import type { SourceText } from './source-text.ts'
import type { ImportProblem } from './types.ts'

const REMEDY = 'Repair the JSON at this place; everything from here on would be lost.'

/** The tree of a JSON text. Without a root the text is no JSON; the first error says where. */
export function parseJson(source: SourceText): { root?: Node; problems: ImportProblem[] } {
  const errors: ParseError[] = []
  const start = source.text.startsWith('\uFEFF') ? 1 : 0
  const root = parseTree(start === 0 ? source.text : ` ${source.text.slice(1)}`, errors, { allowTrailingComma: false, disallowComments: true })
  const first = errors[0]
  if (first === undefined && root !== undefined) return { root, problems: duplicateKeys(root, source) }
  const what =
    first === undefined
      ? 'the file is empty'
      : printParseErrorCode(first.error)
          .replace(/([A-Z])/g, ' $1')
          .trim()
          .toLowerCase()
  const message = `This is not JSON: ${what}.`
  return { problems: [{ code: 'syntax', severity: 'error', pointer: '', message, remedy: REMEDY, ...source.place(first?.offset ?? 0) }] }
}

/** An object that names a key twice holds one value more than any reader sees. */
function duplicateKeys(root: Node, source: SourceText): ImportProblem[] {
  const problems: ImportProblem[] = []
  const visit = (node: Node): void => {
    if (node.type === 'object') {
      const seen = new Set<unknown>()
      for (const { children } of node.children ?? []) {
        const key = children![0]!
        if (seen.has(key.value)) {
          const message = `The key ${JSON.stringify(key.value)} occurs twice in one object; only the last value is read.`
          problems.push({
            code: 'duplicate-key',
            severity: 'error',
            pointer: '',
            message,
            remedy: 'Rename or remove one of the two.',
            ...source.place(key.offset),
          })
        }
        seen.add(key.value)
        if (children![1]) visit(children![1])
      }
    } else if (node.children) for (const child of node.children) visit(child)
  }
  visit(root)
  return problems
}

/** Keys and values of an object node. */
export const entriesOf = (node: Node): [string, Node][] =>
  (node.children ?? []).flatMap(({ children }) => (children?.[1] ? [[children[0]!.value as string, children[1]]] : []))

/** The value of a node, as `JSON.parse` would give it. */
export function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf)
  return node.type === 'object' ? Object.fromEntries(entriesOf(node).map(([key, value]) => [key, valueOf(value)])) : node.value
}

/** The text of a string node; numbers and booleans as text. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'string') return node.value as string
  return node?.type === 'number' || node?.type === 'boolean' ? String(node.value) : undefined
}

/** An id or reference as text. Numbers as they are written, so that `3.10` is not `3.1`. Undefined for anything else, and for nothing. */
export function idText(node: Node | undefined, source: string): string | undefined {
  if (node === undefined) return undefined
  const text = node.type === 'string' ? (node.value as string).trim() : node.type === 'number' ? source.slice(node.offset, node.offset + node.length) : ''
  return text === '' ? undefined : text
}
