/** From text to value: syntax with recovery, duplicate keys, and the position of every value. */
import { MAX_DEPTH } from './inspect.ts'
import { recoverJson, type JsonFault, type JsonNode } from './json-recovery.ts'
import { isEscaped, JsonText, memberOf } from './json-text.ts'
import type { Finding, Path, Position, ProblemCode } from './problems.ts'

export const BYTE_ORDER_MARK = '\uFEFF'

/** A finding that knows its offset, for what no path can name. */
export interface PlacedFinding extends Finding {
  offset: number
}

/** A text that was read. */
export interface Source {
  /** The value, or what could be recovered of it; undefined where nothing could. */
  document?: unknown
  findings: PlacedFinding[]
  /** The offset of a value, or of its key; of the nearest enclosing value where it is absent. */
  offsetOf(path: Path, at?: 'key'): number
  positionOf(offset: number): Position
}

/** One-based line and column of an offset, in UTF-16 units. Lines end with LF, CRLF or CR. */
function positions(text: string): (offset: number) => Position {
  let starts: number[] | undefined
  return (offset) => {
    if (starts === undefined) {
      starts = [0]
      for (const end = /\r\n?|\n/g; end.test(text); ) starts.push(end.lastIndex)
    }
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

function offsetsInJson(json: JsonText): Source['offsetOf'] {
  return (path, at) => {
    let found = { keyStart: json.root, start: json.root }
    for (const part of path) {
      const member = json.isContainer(found.start) ? memberOf(json.container(found.start), part) : undefined
      if (member === undefined) return found.start
      found = member
    }
    return at === 'key' ? found.keyStart : found.start
  }
}

function offsetsInTree(root: JsonNode): Source['offsetOf'] {
  return (path, at) => {
    let found = { keyStart: root.start, node: root }
    for (const part of path) {
      const { members } = found.node
      const member = typeof part === 'number' ? members?.[part] : members?.findLast(({ key }) => key === part)
      if (member === undefined) return found.node.start
      found = member
    }
    return at === 'key' ? found.keyStart : found.node.start
  }
}

/**
 * Counts what may be a key: a quote, white space, a colon. A text that begins with a colon is counted too, so the count
 * can be too high and is never too low: equal to the keys of the parsed value, it proves that no key was given twice.
 */
export function countKeys(text: string): number {
  let count = 0
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let at = colon - 1
    while (text.charCodeAt(at) <= 32) at--
    if (text.charCodeAt(at) === 34 && !isEscaped(text, at)) count++
  }
  return count
}

function duplicateKeys(json: JsonText, positionOf: Source['positionOf']): PlacedFinding[] {
  const findings: PlacedFinding[] = []
  const visit = (open: number, path: Path) => {
    const seen = new Map<string, number>()
    for (const [index, { key, keyStart, start }] of json.container(open).members.entries()) {
      const inner = [...path, key ?? index]
      if (key !== undefined) {
        const first = seen.get(key)
        if (first === undefined) seen.set(key, keyStart)
        else {
          const message = `The key "${key}" stands twice in one object (first on line ${positionOf(first).line}).`
          findings.push({ code: 'duplicate-key', path: inner, offset: keyStart, message, remedy: 'Keep one of the two.' })
        }
      }
      if (json.isContainer(start) && inner.length <= MAX_DEPTH) visit(start, inner)
    }
  }
  visit(json.root, [])
  return findings
}

/** The path of the innermost object or list around an offset. */
function enclosingPath(root: JsonNode | undefined, offset: number): Path {
  const path: (string | number)[] = []
  for (let node = root; node !== undefined; ) {
    const index: number = node.members?.findIndex(({ node: { start, end, members } }) => members !== undefined && start < offset && offset <= end) ?? -1
    const member: NonNullable<JsonNode['members']>[number] | undefined = node.members?.[index]
    if (member !== undefined) path.push(member.key ?? index)
    node = member?.node
  }
  return path
}

/** One fault often makes the parser stumble again at once: of each line the first is told. */
function firstOfEachLine(findings: PlacedFinding[], positionOf: Source['positionOf']): PlacedFinding[] {
  const lines = new Set<number>()
  return findings.filter(({ offset }) => {
    const { line } = positionOf(offset)
    return !lines.has(line) && lines.add(line)
  })
}

const wholeText = (code: ProblemCode, offset: number, message: string, remedy: string): PlacedFinding => ({ code, path: [], offset, message, remedy })

/** A text that is not worth parsing with recovery, because one sentence says it all. */
function hopeless(text: string): PlacedFinding | undefined {
  const zero = text.indexOf('\0')
  if (zero >= 0) return wholeText('encoding', zero, 'The file is not text in UTF-8 (it holds a NUL character).', 'Save it as UTF-8.')
  const marker = text.search(/^<{7}(?: |\r?$)/m)
  if (marker < 0) return undefined
  const count = text.match(/^<{7}(?: |\r?$)/gm)!.length
  const message = `The file holds ${count === 1 ? 'an unresolved git merge conflict' : `${count} unresolved git merge conflicts; the first is here`}.`
  return wholeText('merge-markers', marker, message, 'Resolve the conflict and remove the lines <<<<<<<, ======= and >>>>>>>.')
}

function recover(text: string, source: Source, fault: Error): Source {
  const said = hopeless(text)
  if (said !== undefined) return { ...source, findings: [...source.findings, said] }
  const { root, faults, isTooDeep } = recoverJson(text, MAX_DEPTH)
  const place = ({ opening, message, ...fault }: JsonFault): PlacedFinding => {
    const whole = opening === undefined ? message : `${message}; it opens on line ${source.positionOf(opening).line}.`
    return { code: 'syntax', path: enclosingPath(root, fault.offset), ...fault, message: whole }
  }
  const findings = firstOfEachLine(faults.map(place), source.positionOf)
  if (isTooDeep) findings.push(wholeText('too-deep', 0, `The file is not JSON, and nested more than ${MAX_DEPTH} levels deep.`, 'Correct the brackets.'))
  else if (findings.length === 0) findings.push(wholeText('syntax', 0, `The text is not JSON: ${fault.message}.`, 'Correct it.'))
  return { ...source, findings: [...source.findings, ...findings], ...(root && { document: root.value, offsetOf: offsetsInTree(root) }) }
}

/**
 * Reads a text.
 *
 * @param keysOf counts the keys of the parsed value, to find duplicates without a second parse
 */
export function readSource(text: string, keysOf: (document: unknown) => number): Source {
  // Editors do not count the byte order mark as a column, so neither do we.
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  const positionOf = positions(body)
  const source: Source = { findings: [], offsetOf: () => 0, positionOf }
  if (body !== text) {
    const message = 'The file starts with a byte order mark, which some JSON tools refuse.'
    source.findings.push(wholeText('byte-order-mark', 0, message, 'Save it as UTF-8 without BOM.'))
  }
  if (body.trim() === '') {
    source.findings.push(wholeText('empty-file', 0, 'The file is empty.', 'Run `br init`, or restore it from version control.'))
    return source
  }
  try {
    source.document = JSON.parse(body) as unknown
  } catch (error) {
    return recover(body, source, error as Error)
  }
  const json = new JsonText(body)
  source.offsetOf = offsetsInJson(json)
  if (countKeys(body) > keysOf(source.document)) source.findings.push(...duplicateKeys(json, positionOf))
  return source
}
