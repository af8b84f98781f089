/** What this process must undo when a signal ends it: locks and temporary files. */
const held = new Set<() => void>()

/** Registers an undo; the returned function forgets it. */
export function hold(undo: () => void): () => void {
  held.add(undo)
  return () => held.delete(undo)
}

/** Undoes everything; safe to call twice and from a signal handler. */
export function releaseAll(): void {
  for (const undo of held) {
    held.delete(undo)
    try {
      undo()
    } catch {
      // The process is ending: a lock that stays is recognised as stale by the next process.
    }
  }
}
