/**
 * Lets React read a promise at once when it has settled before: marked as `use` marks what it has waited for itself. Else even what is
 * there is waited for, behind a fallback that React then shows for 300 ms at least.
 */
export function readable<Value>(promise: Promise<Value>): Promise<Value> {
  promise.then((value) => Object.assign(promise, { status: 'fulfilled', value }), () => {})
  return promise
}
