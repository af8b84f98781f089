/**
 * xoshiro128**: a fast generator of 32 random bits whose sequence its seed determines.
 *
 * @see Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021
 */
export function randomBits(seed: number): () => number {
  let [a, b, c, d] = [splitMix(seed, 1), splitMix(seed, 2), splitMix(seed, 3), splitMix(seed, 4)]
  return () => {
    const mixed = Math.imul(b, 5)
    const bits = Math.imul((mixed << 7) | (mixed >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return bits >>> 0
  }
}

/** The nth value of a seed: SplitMix with the finaliser of MurmurHash3, so that near seeds give far states. */
function splitMix(seed: number, n: number): number {
  let value = (seed + Math.imul(n, 0x9e3779b9)) | 0
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return value ^ (value >>> 16)
}
