/** Reads the bullets that hold fields, as `planToMarkdown` writes them and as people write them. */
import type { OutlineNode } from './importers/outline.ts'
import { bodyText } from './importers/outline.ts'
import { takeParagraph } from './importers/checklist.ts'
import { splitCheck } from './markdown-checks.ts'
import { decodeText, readBlock, splitDataComment } from './markdown-inline.ts'
import type { AcceptanceCriterion, Estimate, Link } from './types.ts'

/** Thrown for a bullet that names a field and says what the field cannot hold. */
export class FieldError extends Error {
  readonly expected: string

  constructor(message: string, expected: string) {
    super(message)
    this.expected = expected
  }
}

type FieldReader = (value: string, node: OutlineNode) => unknown

const word = (value: string): string => decodeText(value)
const list = (value: string): string[] => (/^none$/i.test(value) ? [] : tokens(value))
const none = (): unknown[] => []

/** By the lower-case name before the colon: the field and its reader. */
const READERS: Record<string, [field: string, read: FieldReader]> = {
  phase: ['phase', word],
  due: ['dueDate', word],
  'depends on': ['dependsOn', list],
  'renamed from': ['renamedFrom', (value) => tokens(value)[0] ?? value],
  assignee: ['assignee', word],
  priority: ['priority', (value) => value.toLowerCase()],
  labels: ['labels', list],
  estimate: ['estimate', readEstimate],
  link: ['links', (value) => [readLink(value)]],
  links: ['links', (value, node) => (value === '' ? node.children.map((child) => readLink(child.text)) : none())],
  'acceptance criteria': ['acceptanceCriteria', (value, node) => (value === '' ? node.children.map(readCriterion) : none())],
  notes: ['notes', (value, node) => (value === '' ? (readBlock(node.body) ?? '') : [value, ...node.body].join('\n').trimEnd())],
  steps: ['steps', none],
  microsteps: ['microsteps', none],
}
for (const [other, name] of [
  ['due date', 'due'],
  ['depends', 'depends on'],
  ['label', 'labels'],
  ['criteria', 'acceptance criteria'],
] as const)
  READERS[other] = READERS[name]!

const FIELD = /^([A-Za-z][A-Za-z ]{2,20}):(?:[ \t]+(.*))?$/s

/** The field a bullet holds; undefined when it is an ordinary bullet. @throws FieldError */
export function readField(node: OutlineNode): { field: string; value: unknown } | undefined {
  const match = node.kind === 'item' && node.box === undefined ? FIELD.exec(node.text) : null
  const reader = match === null ? undefined : READERS[match[1]!.toLowerCase()]
  if (reader === undefined) return undefined
  const [field, read] = reader
  const value = match![2] ?? ''
  // `Steps: first this, then that` is a sentence, not a field.
  if ((field === 'steps' || field === 'microsteps') && value.toLowerCase() !== 'none') return undefined
  return { field, value: read(value, node) }
}

/** `a`, `b c`, or bare words between commas. */
function tokens(value: string): string[] {
  return [...value.matchAll(/`([^`]+)`|([^,`]+)/g)].map(([, code, bare]) => code ?? bare!.trim()).filter((token) => token !== '')
}

function readEstimate(value: string): Estimate {
  const [, first, likely, pessimistic] = /^([\d.e+-]+)(?:\s*\/\s*([\d.e+-]+)\s*\/\s*([\d.e+-]+))?\s*(?:h|hours?)?$/i.exec(value) ?? []
  const hours = [first, likely, pessimistic].filter((text) => text !== undefined).map(Number)
  if (hours.length === 0 || hours.some(Number.isNaN)) throw new FieldError(`"${value}" is no estimate.`, 'Write hours, "3 h", or three points, "2 / 3 / 5 h".')
  return hours.length === 1 ? hours[0]! : { optimistic: hours[0]!, likely: hours[1]!, pessimistic: hours[2]! }
}

function readLink(value: string): Link {
  const titled = /^\[(.*)\]\(<?([^()<>\s]*(?:\([^()<>\s]*\)[^()<>\s]*)*)>?\)$/s.exec(value)
  if (titled !== null) return { url: titled[2]!, ...(titled[1] !== '' && { title: decodeText(titled[1]!) }) }
  return { url: /^<(.+)>$/.exec(value)?.[1] ?? /^`(.+)`$/.exec(value)?.[1] ?? value }
}

/** Text of an item, its wrapped lines included. */
export const itemText = (node: OutlineNode): string => [node.text, ...takeParagraph([...node.body])].join(' ')

function readCriterion(node: OutlineNode): AcceptanceCriterion {
  const { before, data } = splitDataComment(itemText(node)) ?? { before: itemText(node), data: {} }
  const { before: rest, check } = splitCheck(before)
  const [, text = rest, id] = data.id === undefined ? (ID_SUFFIX.exec(rest) ?? []) : []
  const more = node.children.map((child) => bodyText([child.text])).filter((line) => line !== undefined)
  return { ...(id !== undefined && { id }), text: decodeText([text, ...more].join('; ')), ...(check && { check }), ...data }
}

/** ``text · `id` `` */
export const ID_SUFFIX = /^(.*?)[ \t]*· `([^`]+)`$/s
