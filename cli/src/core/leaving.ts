/** What has to happen before br leaves on a signal: programs that it started are asked to end. */

const cleanups = new Set<() => Promise<unknown>>()

/** @returns takes the cleanup away again */
export function beforeLeaving(cleanup: () => Promise<unknown>): () => void {
  cleanups.add(cleanup)
  return () => void cleanups.delete(cleanup)
}

export const mustCleanUp = (): boolean => cleanups.size > 0

/** Runs them all, once. Never rejects. */
export async function cleanUp(): Promise<void> {
  const all = [...cleanups]
  cleanups.clear()
  await Promise.allSettled(all.map((cleanup) => cleanup()))
}
