/** Records in memory: what the memory and the file store answer from. */
import type { OfflineRecords, OfflineTable, StoreEntry, StoreOperation } from './types.ts'

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

  /** Everything, as the puts that make it. */
  *changes(): Generator<TableChange> {
    for (const [table, records] of this.#records) for (const [key, json] of records) yield [table, key, json]
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
