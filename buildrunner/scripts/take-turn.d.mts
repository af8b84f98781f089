/** Of `take-turn.mjs`, which runs on a bare Node 20: what typed code uses of it. */

/**
 * Waits until nobody else holds the lock, and takes it; that of a process that died counts as given back.
 *
 * @param lock path of the file that says who holds it; its folder has to be there
 * @param toldToWait called once, where somebody else holds it
 * @returns what gives it back; the end of the process does too, unless a signal ends it
 */
export function takeTurn(lock: string, toldToWait?: () => void): Promise<() => void>
