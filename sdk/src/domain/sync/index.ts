/** Sync of plans: what a push of writes comes to. Pure: no I/O, no clock, no randomness. */
export * from './types.ts'
export { decideWrites, mergeWrites } from './merge-writes.ts'
export { MAX_PUSH_BYTES, MAX_PUSH_WRITES } from './limits.ts'
