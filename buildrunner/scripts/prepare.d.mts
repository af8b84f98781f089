/** What the other scripts and the benchmarks use of `prepare.mjs`, which runs before anything is installed. */
export const root: string
export const node: string
export const SERVER_FLAGS: readonly string[]
export function prepare(): Promise<void>
export class PrepareError extends Error {}
export function fail(error: unknown): never
