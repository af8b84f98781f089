/**
 * The part of YAML that task files are made of, read many times faster than by a YAML parser: `key: text`, quoted
 * text on one line, `[]`, and lists of such text. Whatever goes beyond it, or only might, is left to the parser.
 */
import type { FrontMatterEntry } from './front-matter.ts'

const KEY = /^([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$/
const ELEMENT = /^([ ]*)- (.*)$/
/** Text that no YAML reader can take for anything but itself. */
const BARE = /^[\p{L}\p{N}(./+][^:#\t]*$/u

/** Text of one scalar; undefined when it is not surely one. */
function scalar(text: string): string | undefined {
  if (BARE.test(text)) return text.trimEnd()
  const [, single, double] = /^(?:'((?:[^']|'')*)'|"([^"\\]*)")[ ]*$/.exec(text) ?? []
  return single?.replaceAll("''", "'") ?? double
}

const FLOW_ELEMENT = /[ ]*('(?:[^']|'')*'|"[^"\\]*"|[\p{L}\p{N}(./+][^:#\t,'"[\]{}]*)[ ]*(,|$)/uy

/** `[a, 'b']`: the elements with their offsets in the text; undefined when it is not surely a list of text. */
function flowList(text: string): { values: string[]; offsets: number[] } | undefined {
  const inner = /^\[(.*)\][ ]*$/.exec(text)?.[1]
  if (inner === undefined) return undefined
  const list = { values: [] as string[], offsets: [] as number[] }
  for (FLOW_ELEMENT.lastIndex = 0; FLOW_ELEMENT.lastIndex < inner.length || list.values.length === 0;) {
    if (inner.trim() === '') return list
    const start = FLOW_ELEMENT.lastIndex
    const match = FLOW_ELEMENT.exec(inner)
    const value = match === null ? undefined : scalar(match[1]!)
    if (match === null || value === undefined || (match[2] === ',' && FLOW_ELEMENT.lastIndex === inner.length)) return undefined
    list.values.push(value)
    list.offsets.push(1 + start + match[0].indexOf(match[1]!))
  }
  return list
}

/** The entries of front matter, or undefined when it is more than this reads. Offsets count from `start`. */
export function readSubset(text: string, start: number): Map<string, FrontMatterEntry> | undefined {
  const entries = new Map<string, FrontMatterEntry>()
  let list: FrontMatterEntry | undefined
  let indent: number | undefined
  let at = start
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    const offset = at
    at += raw.length + 1
    const element = list === undefined ? null : ELEMENT.exec(line)
    if (element !== null) {
      const value = scalar(element[2]!)
      indent ??= element[1]!.length
      if (value === undefined || indent !== element[1]!.length) return undefined
      if (!Array.isArray(list!.value)) list!.value = []
      ;(list!.value as string[]).push(value)
      list!.elements.push(offset + indent + 2)
      continue
    }
    if (line === '' && offset + raw.length === start + text.length) continue
    const [, key, given = ''] = KEY.exec(line) ?? []
    const flow = flowList(given)
    const value = given === '' ? '' : (flow?.values ?? scalar(given))
    if (key === undefined || value === undefined || entries.has(key)) return undefined
    const first = offset + line.length - given.length
    const entry: FrontMatterEntry = { value, offset, elements: flow?.offsets.map((place) => first + place) ?? [] }
    entries.set(key, entry)
    list = given === '' ? entry : undefined
    indent = undefined
  }
  return entries
}
