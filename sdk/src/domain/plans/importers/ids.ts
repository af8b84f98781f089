/** Ids for items whose source gives them none: readable, stable for the same source, in any script. */

const ID_LENGTH = 150

/** Joins a parent's id and a segment, short enough for a suffix. */
export function childId(parentId: string, segment: string): string {
  const id = parentId === '' ? segment : `${parentId}.${segment}`
  return id.length > ID_LENGTH ? [...id].slice(0, ID_LENGTH / 2).join('') : id
}

/** The wanted id, or the first of `-2`, `-3`, ... that is free; enters it into `taken`. */
export class IdPool {
  readonly #taken = new Set<string>()
  readonly #next = new Map<string, number>()

  /** Enters an id that stands as it is. False when it was there before. */
  claim(id: string): boolean {
    if (this.#taken.has(id)) return false
    this.#taken.add(id)
    return true
  }

  free(wanted: string): string {
    let id = wanted
    let number = this.#next.get(wanted) ?? 2
    while (!this.claim(id)) id = `${wanted}-${number++}`
    this.#next.set(wanted, number)
    return id
  }
}

/** An id of a source in a form that our format allows: no white space, at most 200 UTF-16 units. */
export function cleanId(id: string): string {
  const line = id.trim().replace(/\s+/g, '-')
  return line.length > 200 ? line.slice(0, 200).replace(/[\uD800-\uDBFF]$/, '') : line
}
