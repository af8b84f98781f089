/** Lists that sources write as text. */

/** A text, or a list of texts (or of objects with a text), as a list; undefined for anything else. */
export function sentenceList(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : [value]
  const texts = list.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && Object.keys(entry).length === 1 ? (entry as { text?: unknown }).text : entry,
  )
  return texts.every((text) => typeof text === 'string' && text.trim() !== '') ? (texts as string[]) : undefined
}

const BULLET = /^\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/

/** Criteria written as one text: one for each bullet, or the whole text where it has none. Lines without a bullet belong to the bullet before. */
export function splitCriteria(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (!lines.some((line) => BULLET.test(line))) return [text.trim()]
  const criteria: string[] = []
  for (const line of lines) {
    if (line.trim() === '') continue
    if (BULLET.test(line) || criteria.length === 0) criteria.push(line.replace(BULLET, '').trim())
    else criteria[criteria.length - 1] += ` ${line.trim()}`
  }
  return criteria.filter((criterion) => criterion !== '')
}
