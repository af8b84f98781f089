/** What a program prints, in bounded memory: the beginning and the end of it. */

/** Bytes of the beginning and of the end that are kept. */
const HEAD = 16_000
const TAIL = 44_000
/**
 * Where the middle is left out, a secret may be cut in two, and then no mask knows its halves. So this many bytes more are kept at
 * the cut, and of the masked text as many characters are taken away there: half a secret, if there is one, goes with them.
 */
export const MARGIN = 16_384

/** Memory does not grow with what is written. */
export class BoundedOutput {
  readonly #head = Buffer.alloc(HEAD + MARGIN)
  readonly #tail = Buffer.alloc(TAIL + MARGIN)
  #total = 0

  /** Bytes that were written. */
  get size(): number {
    return this.#total
  }

  write(chunk: Uint8Array): void {
    if (this.#total < this.#head.length) this.#head.set(chunk.subarray(0, this.#head.length - this.#total), this.#total)
    // The tail is a ring of everything; of a chunk that is longer only the end remains.
    const kept = chunk.subarray(Math.max(0, chunk.length - this.#tail.length))
    const start = (this.#total + chunk.length - kept.length) % this.#tail.length
    const first = kept.subarray(0, this.#tail.length - start)
    this.#tail.set(first, start)
    this.#tail.set(kept.subarray(first.length), 0)
    this.#total += chunk.length
  }

  /** @param mask takes the secrets out; it is given text that no secret shorter than {@link MARGIN} is cut in without being taken away. */
  text(mask: (text: string) => string): string {
    if (this.#total <= this.#head.length) return shorten(mask(this.#head.toString('utf8', 0, this.#total)))
    const split = this.#total % this.#tail.length
    const tail = this.#total < this.#tail.length ? this.#tail.subarray(0, this.#total) : Buffer.concat([this.#tail.subarray(split), this.#tail.subarray(0, split)])
    const overlap = this.#head.length + tail.length - this.#total
    // What both hold would otherwise be shown twice.
    if (overlap >= 0) return shorten(mask(Buffer.concat([this.#head, tail.subarray(overlap)]).toString()))
    const beginning = mask(this.#head.toString()).slice(0, -MARGIN).slice(0, HEAD)
    const end = mask(tail.toString()).slice(MARGIN).slice(-TAIL)
    return joined(beginning, end, `${this.#total - HEAD - TAIL} bytes`)
  }
}

const joined = (beginning: string, end: string, what: string): string => `${beginning}\n… ${what} are left out …\n${end}`

/** Of a masked text, which may be cut anywhere. */
function shorten(text: string): string {
  const left = text.length - HEAD - TAIL
  return left <= 0 ? text : joined(text.slice(0, HEAD), text.slice(-TAIL), `${left} characters`)
}
