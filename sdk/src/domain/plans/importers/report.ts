/** Collects the import report while a source is read. */
import type { DocumentItem } from '../types.ts'
import { placeOf } from './source-text.ts'
import type { Mark } from './source-text.ts'
import type { ImportNoteCode, ImportReport, ItemTally } from './types.ts'

const tally = () => ({ milestones: 0, steps: 0, microsteps: 0 })

export class Report {
  readonly value: ImportReport = { found: 0, arrived: tally(), added: tally(), merged: [], skipped: [], ignored: [], ids: [], notes: [], repairs: [] }
  readonly #arrived: { item: DocumentItem; entry: { to: string } }[] = []
  readonly #counted = new Map<string, { count?: number }>()

  note(code: ImportNoteCode, at: Mark, message: string, id?: string): void {
    this.value.notes.push({ code, message, ...placeOf(at), ...(id !== undefined && { id }) })
  }

  /** A note that is counted instead of repeated: equal code and message are one note. */
  count(code: ImportNoteCode, at: Mark, message: string): void {
    const key = `${code}\n${message}`
    const known = this.#counted.get(key)
    if (known) {
      known.count = (known.count ?? 1) + 1
      return
    }
    const note = { code, message, ...placeOf(at), count: 1 }
    this.#counted.set(key, note)
    this.value.notes.push(note)
  }

  /** An item of the source that cannot become an item of the plan. */
  skip(item: string, reason: string, at: Mark): void {
    this.value.found++
    this.value.skipped.push({ item, reason, ...placeOf(at) })
  }

  /** An item of the source that is an item of the plan now. */
  arrive(kind: keyof ItemTally, item: DocumentItem, from: string, at: Mark): void {
    const entry = { from, to: item.id, ...placeOf(at) }
    this.value.found++
    this.value.arrived[kind]++
    this.value.ids.push(entry)
    this.#arrived.push({ item, entry })
  }

  /** Brings the ids of the report in line with items that were renamed. */
  refreshIds(): void {
    for (const { item, entry } of this.#arrived) entry.to = item.id
  }

  /** An item of the source that became part of another item's text. */
  merge(item: string, reason: string, at: Mark): void {
    this.value.found++
    this.value.merged.push({ item, reason, ...placeOf(at) })
  }

  ignore(source: string, reason: string): void {
    this.value.ignored.push({ source, reason })
  }
}
