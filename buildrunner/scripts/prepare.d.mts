/** Of `prepare.mjs`, which runs on a bare Node 20: what typed code uses of it. */
export const SERVER_FLAGS: readonly string[]
