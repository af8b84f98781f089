/** Format-preserving edits: a value of a JSON text is replaced by another, and what both have in common stays as it was. */
import { isEqual } from './equal.ts'
import { indentAt, inlinePadOf, printInline, printLines, printValue, type JsonStyle } from './json-print.ts'
import type { Container, JsonText, Member } from './json-text.ts'

/** A text to edit, with its habits. */
export interface EditedText {
  readonly json: JsonText
  readonly style: JsonStyle
}

/**
 * A member of the new container: `from` is its place in the old one, undefined for a new member; `body` its new text,
 * undefined where that stays.
 */
export type Part = { from: number; body: string | undefined } | { from: undefined; body: string }

const gapBefore = (text: string, members: readonly Member[], index: number): [tail: string, lead: string] => {
  const gap = text.slice(members[index - 1]!.end, members[index]!.keyStart)
  const comma = gap.indexOf(',')
  return [gap.slice(0, comma), gap.slice(comma + 1)]
}

/** The indentation that members of a container have, or would have. */
export function innerIndent({ json, style }: EditedText, { open, members }: Container): string {
  const own = indentAt(json.text, open)
  if (members.length === 0) return style.multiline ? own + style.unit : own
  return indentAt(json.text, members[0]!.keyStart)
}

/**
 * Writes a container anew. White space before and behind a member that stays is kept; a new member gets that of its
 * neighbours; the brackets keep theirs.
 */
export function assemble(edited: EditedText, container: Container, parts: readonly Part[]): string {
  const { json: { text }, style } = edited
  const { open, members, close } = container
  if (parts.length === members.length && parts.every(({ from }, index) => from === index)) return replace(text, container, parts)
  const brackets = text[open] === '{' ? '{}' : '[]'
  const bodyOf = ({ from, body }: Part) => body ?? text.slice(members[from!]!.keyStart, members[from!]!.end)
  if (members.length === 0 || parts.length === 0) return printLines(brackets, parts.map(bodyOf), indentAt(text, open), style)
  const firstLead = text.slice(open + 1, members[0]!.keyStart)
  const newLead = members.length > 1 ? gapBefore(text, members, members.length - 1)[1] : firstLead.includes('\n') ? firstLead : style.gap
  let out = brackets[0]!
  parts.forEach((part, index) => {
    const { from } = part
    const isLast = index === parts.length - 1
    const lead = index === 0 ? firstLead : from === undefined || from === 0 ? newLead : gapBefore(text, members, from)[1]
    const tail = isLast || from === undefined || from === members.length - 1 ? '' : gapBefore(text, members, from + 1)[0]
    out += lead + bodyOf(part) + tail + (isLast ? '' : ',')
  })
  return out + text.slice(members.at(-1)!.end, close) + brackets[1]
}

/** Every member stays in its place: what lies between the new bodies is copied in one piece. */
function replace(text: string, { open, members, close }: Container, parts: readonly Part[]): string {
  let out = ''
  let copied = open
  parts.forEach(({ body }, index) => {
    if (body === undefined) return
    out += text.slice(copied, members[index]!.keyStart) + body
    copied = members[index]!.end
  })
  return out + text.slice(copied, close + 1)
}

/** What an object is to become. */
export interface ObjectEdit {
  /** The value of a member that is there: its new text, null to remove it, undefined to leave it. */
  member(key: string, member: Member): string | null | undefined
  /** Keys to add when they are not there. */
  keys: readonly string[]
  /** The text of a value that is added. */
  added(key: string, indent: string): string
  /** Keys are added behind the last key of a lower or equal rank. Default: at the end. */
  rank?(key: string): number
}

export function editObject(edited: EditedText, container: Container, edit: ObjectEdit): string {
  const { json: { text }, style } = edited
  const parts: (Part & { rank: number })[] = []
  const present = new Set<string>()
  const rankOf = (key: string) => edit.rank?.(key) ?? 0
  container.members.forEach((member, from) => {
    const key = member.key!
    present.add(key)
    const value = edit.member(key, member)
    if (value !== null) parts.push({ from, body: value && text.slice(member.keyStart, member.start) + value, rank: rankOf(key) })
  })
  for (const key of edit.keys) {
    if (present.has(key)) continue
    const rank = rankOf(key)
    const at = parts.findLastIndex((part) => part.rank <= rank) + 1
    const body = JSON.stringify(key) + style.colon + edit.added(key, innerIndent(edited, container))
    parts.splice(at, 0, { from: undefined, body, rank })
  }
  return assemble(edited, container, parts)
}

/** The new text of a member whose value becomes `value`, with as few changes as possible; undefined where it is equal. */
export function editValue(edited: EditedText, { start, end }: Member, value: unknown): string | undefined {
  const { json, style } = edited
  const text = json.text.slice(start, end)
  const old: unknown = JSON.parse(text)
  if (isEqual(old, value)) return undefined
  if (Array.isArray(value) && Array.isArray(old)) return editList(edited, json.container(start), old, value)
  if (isRecord(value) && isRecord(old)) {
    return editObject(edited, json.container(start), {
      member: (key, member) => (value[key] === undefined ? null : editValue(edited, member, value[key])),
      keys: Object.keys(value).filter((key) => value[key] !== undefined),
      added: (key, indent) => (text.includes('\n') ? printValue(value[key], indent, style) : printInline(value[key], style, style.gap)),
    })
  }
  return printValue(value, indentAt(json.text, start), style)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Elements that both lists hold keep their text; of the others each old one becomes the next new one. */
function editList(edited: EditedText, container: Container, old: readonly unknown[], value: readonly unknown[]): string {
  const { json, style } = edited
  if (container.members.length === 0) return printValue(value, indentAt(json.text, container.open), style)
  const places = new Map<string, number[]>()
  old.forEach((element, index) => {
    const name = JSON.stringify(element)
    places.set(name, [...(places.get(name) ?? []), index])
  })
  const kept = value.map((element) => places.get(JSON.stringify(element))?.shift())
  const free = [...places.values()].flat().sort((a, b) => a - b)
  const pad = inlinePadOf(json, container.members.at(-1))
  const indent = innerIndent(edited, container)
  const isInline = !json.text.slice(container.open, container.close).includes('\n')
  const print = (element: unknown) => (pad !== undefined || isInline ? printInline(element, style, pad ?? style.gap) : printValue(element, indent, style))
  const parts = value.map((element, index): Part => {
    const from = kept[index] ?? free.shift()
    return from === undefined ? { from, body: print(element) } : { from, body: editValue(edited, container.members[from]!, element) }
  })
  return assemble(edited, container, parts)
}
