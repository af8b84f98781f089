/** Joins the reads of one request: what is asked for in one turn is read by one statement. */
import type { Context } from '../context.ts'

interface Batch {
  readonly keys: string[]
  readonly values: Promise<ReadonlyMap<string, unknown>>
}

const open = new WeakMap<Context, Map<string, Batch>>()

/**
 * Reads the value of `key` together with those of the other keys that are asked for under the same `name` before the
 * next turn of the event loop.
 *
 * @param read answers the values by key; what is not in the map is undefined.
 */
export async function batched<Value>(ctx: Context, name: string, key: string, read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>): Promise<Value | undefined> {
  const batches = open.get(ctx) ?? new Map<string, Batch>()
  open.set(ctx, batches)
  let batch = batches.get(name)
  if (batch === undefined) {
    const keys: string[] = []
    const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      batches.delete(name)
      return read(keys)
    })
    batches.set(name, (batch = { keys, values }))
  }
  batch.keys.push(key)
  return (await batch.values).get(key) as Value | undefined
}
