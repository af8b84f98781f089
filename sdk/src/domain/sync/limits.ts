/** How large one push may be: the one place that says so, for clients that split and the server that refuses. */

/** The most writes of one push. */
export const MAX_PUSH_WRITES = 2_500
/** The most bytes of the writes of one push as JSON in UTF-8, before compression. */
export const MAX_PUSH_BYTES = 1_000_000
