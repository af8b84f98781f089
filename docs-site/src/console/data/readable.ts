/**
 * Lets React read a promise at once when it has settled before: marked as `use` marks what it has waited for itself. Else even what is
 * there is waited for, behind a fallback that React then shows for 300 ms at least.
 */
function readable<Value>(promise: Promise<Value>): Promise<Value> {
  promise.then((value) => Object.assign(promise, { status: 'fulfilled', value }), () => {})
  return promise
}

/** Longer than React takes to show that something failed; shorter than somebody takes to ask for it again. */
const FAILURE_KEPT_MS = 1000

/**
 * Loads once what many ask for. A failure is kept for a moment, in which React asks again and has to be told the same, or it would load
 * for ever and show nothing; whoever asks after that tries anew.
 *
 * @param kept what was asked for before, by its key
 */
export function loadOnce<Value>(kept: Map<string, Promise<Value>>, key: string, load: () => Promise<Value>): Promise<Value> {
  const before = kept.get(key)
  if (before !== undefined) return before
  const value = readable(load())
  kept.set(key, value)
  value.catch(() => setTimeout(() => kept.get(key) === value && kept.delete(key), FAILURE_KEPT_MS))
  return value
}
