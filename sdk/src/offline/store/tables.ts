/** Records in memory: what the memory and the file store answer from. */
import type { OfflineRecords, OfflineTable, StoreEntry, StoreOperation } from './types.ts'

/** So many records are written at once when everything is written anew: enough to read fast, and few enough to hold twice. */
const RECORDS_PER_PORTION = 1000

/** An operation as it is kept: table, key and the record as JSON; without one, the record is deleted. */
export type TableChange = readonly [table: string, key: string, json?: string]

/**
 * Operations as they are kept, taken when the commit is called, so that what its caller changes later changes nothing.
 *
 * @throws TypeError when a value is no record, or not JSON
 */
export function encodeOperations(operations: readonly StoreOperation[]): TableChange[] {
  return operations.map((operation) => {
    const { table, key } = operation
    if (operation.op === 'delete') return [table, key]
    const json = JSON.stringify(operation.value) as string | undefined
    if (json?.startsWith('{') !== true) throw new TypeError(`The value of ${table} ${JSON.stringify(key)} is no record.`)
    return [table, key, json]
  })
}

/**
 * Changes as text: fields with a tab between them. The first is the JSON `[[table, key], ...]`; then comes, for each, the record as JSON, or
 * nothing when it is deleted. So a record need not be parsed before somebody reads it. JSON as it is written here has neither tab nor line
 * feed.
 */
export function encodeChanges(changes: readonly TableChange[]): string {
  return [JSON.stringify(changes.map(([table, key]) => [table, key])), ...changes.map(([, , json = '']) => json)].join('\t')
}

export function decodeChanges(text: string): TableChange[] {
  const [head = '', ...records] = text.split('\t')
  const keys = JSON.parse(head) as [table: string, key: string][]
  return keys.map(([table, key], index) => (records[index] ? [table, key, records[index]] : [table, key]))
}

/** Every table, also those that only a newer version knows. Records are kept as text: each read makes a copy, and only of what is read. */
export class Tables {
  readonly #records = new Map<string, Map<string, string>>()
  /** Keys in order, of the tables that were listed since a key came or went. */
  readonly #sorted = new Map<string, readonly string[]>()

  apply(changes: readonly TableChange[]): void {
    for (const [table, key, json] of changes) {
      const records = this.#table(table)
      if (records.has(key) !== (json !== undefined)) this.#sorted.delete(table)
      if (json === undefined) records.delete(key)
      else records.set(key, json)
    }
  }

  get<T extends OfflineTable>(table: T, key: string): OfflineRecords[T] | undefined {
    const json = this.#records.get(table)?.get(key)
    return json === undefined ? undefined : (JSON.parse(json) as OfflineRecords[T])
  }

  list<T extends OfflineTable>(table: T, prefix: string): StoreEntry<T>[] {
    const records = this.#table(table)
    const keys = this.#keys(table)
    const found: StoreEntry<T>[] = []
    for (let index = firstAtOrAfter(keys, prefix); index < keys.length && keys[index]!.startsWith(prefix); index++) {
      found.push({ key: keys[index]!, value: JSON.parse(records.get(keys[index]!)!) as OfflineRecords[T] })
    }
    return found
  }

  /** Everything, as the puts that make it, in portions. At least one, which may be empty. */
  *portions(): Generator<TableChange[]> {
    let portion: TableChange[] = []
    for (const [table, records] of this.#records) {
      for (const [key, json] of records) {
        if (portion.length === RECORDS_PER_PORTION) {
          yield portion
          portion = []
        }
        portion.push([table, key, json])
      }
    }
    yield portion
  }

  #table(table: string): Map<string, string> {
    let records = this.#records.get(table)
    if (records === undefined) this.#records.set(table, (records = new Map()))
    return records
  }

  #keys(table: string): readonly string[] {
    let keys = this.#sorted.get(table)
    if (keys === undefined) this.#sorted.set(table, (keys = [...this.#table(table).keys()].sort()))
    return keys
  }
}

function firstAtOrAfter(keys: readonly string[], prefix: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < prefix) low = middle + 1
    else high = middle
  }
  return low
}
