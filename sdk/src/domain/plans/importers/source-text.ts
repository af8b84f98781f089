/** A source with places: offsets while reading, lines and columns only when something is reported. */
import type { ImportPlace, ImportSource } from './types.ts'

export class SourceText {
  readonly name: string
  readonly text: string
  #lineStarts: number[] | undefined

  constructor(source: ImportSource) {
    this.name = source.name
    this.text = source.text
  }

  /** Line and column of an offset into the text. */
  place(offset: number): ImportPlace {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { source: this.name, line: low + 1, column: offset - starts[low]! + 1 }
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** A place that is not yet turned into line and column. */
export interface Mark {
  source: SourceText
  offset: number
}

export const placeOf = (mark: Mark): ImportPlace => mark.source.place(mark.offset)
