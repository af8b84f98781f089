/** Records in memory: what the memory and the file store answer from. */
import type { OfflineRecords, OfflineTable, StoreEntry, StoreOperation } from './types.ts'

/** An operation as the journal has it: table, key and, of a put, the value. */
export type TableChange = [table: string, key: string, value?: unknown]

/**
 * Operations as they are kept: as JSON, taken when the commit is called, so that what its caller changes later changes nothing.
 *
 * @throws TypeError when a value is not JSON
 */
export function encodeOperations(operations: readonly StoreOperation[]): string {
  return JSON.stringify(operations.map((operation) => (operation.op === 'delete' ? [operation.table, operation.key] : [operation.table, operation.key, jsonOf(operation)])))
}

function jsonOf({ table, key, value }: StoreOperation & { op: 'put' }): unknown {
  if (typeof value !== 'object' || value === null) throw new TypeError(`The value of ${table} ${JSON.stringify(key)} is no record.`)
  return value
}

/** Every table, also those that only a newer version knows. */
export class Tables {
  readonly #records = new Map<string, Map<string, unknown>>()
  /** Keys in order, of the tables that were listed since a key came or went. */
  readonly #sorted = new Map<string, readonly string[]>()

  apply(changes: readonly TableChange[]): void {
    for (const change of changes) {
      const [table, key, value] = change
      const records = this.#table(table)
      if (change.length === 2 ? records.has(key) : !records.has(key)) this.#sorted.delete(table)
      if (change.length === 2) records.delete(key)
      else records.set(key, value)
    }
  }

  get<T extends OfflineTable>(table: T, key: string): OfflineRecords[T] | undefined {
    return structuredClone(this.#records.get(table)?.get(key)) as OfflineRecords[T] | undefined
  }

  list<T extends OfflineTable>(table: T, prefix: string): StoreEntry<T>[] {
    const records = this.#table(table)
    const keys = this.#keys(table)
    const found: StoreEntry<T>[] = []
    for (let index = firstAtOrAfter(keys, prefix); index < keys.length && keys[index]!.startsWith(prefix); index++) {
      found.push({ key: keys[index]!, value: records.get(keys[index]!) as OfflineRecords[T] })
    }
    return structuredClone(found)
  }

  /** Everything, as the puts that make it. */
  *changes(): Generator<TableChange> {
    for (const [table, records] of this.#records) for (const [key, value] of records) yield [table, key, value]
  }

  #table(table: string): Map<string, unknown> {
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
