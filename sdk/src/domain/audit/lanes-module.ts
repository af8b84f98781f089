/**
 * The WebAssembly module that hashes four messages at a time: a vector of 128 bits holds one word of each, so that an instruction
 * works on all. It is put together here, instruction by instruction, since what a verification relies on should be read; numbers
 * of instructions are those of the WebAssembly specification, 5.4.
 *
 * It exports its memory as `m`, and `c(at)`, which takes the block at `at` of each message into the state: FIPS 180-4, 6.2.2.
 */
import { AREA_BYTES } from './hash-many.ts'

export const LANES = 4

/** Bytes of one word of all lanes. */
export const WORD = 4 * LANES

// Places in memory, which is one page: schedule, constants, the state and what a message begins with; then each lane's message.
const SCHEDULE = 0
export const CONSTANTS = 64 * WORD
export const STATE = 128 * WORD
export const INITIAL_STATE = 136 * WORD
export const MESSAGES = 144 * WORD

/** Bytes, nested as they were put together. */
type Code = (number | Code)[]

export const times = <Item>(count: number, make: (at: number) => Item): Item[] => Array.from({ length: count }, (_, at) => make(at))

const bytesOf = (code: Code): number[] => (code as unknown[]).flat(Infinity) as number[]
/** LEB128. */
const leb = (value: number): Code => (value < 128 ? [value] : [(value & 127) | 128, leb(value >>> 7)])
const sized = (...code: Code): Code => [leb(bytesOf(code).length), code]

const get = (local: number): Code => [0x20, local]
const set = (local: number, value: Code): Code => [value, 0x21, local]
/** Signed LEB128 of up to 8,191. */
const i32 = (value: number): Code => [0x41, value < 64 ? value : [(value & 127) | 128, value >>> 7]]
const simd = (instruction: number) => (first: Code, ...others: Code[]): Code => [first, others.map((operand) => [operand, 0xfd, leb(instruction)])]
const [and, or, xor, shiftLeft, shiftRight, add] = [simd(0x4e), simd(0x50), simd(0x51), simd(0xab), simd(0xad), simd(0xae)] as const
const load = (address: Code, offset: number): Code => [address, 0xfd, 0, 4, leb(offset)]
const store = (address: Code, offset: number, value: Code): Code => [address, value, 0xfd, 11, 4, leb(offset)]

/** Runs the code with a local that goes up by the step from 0. */
const loop = (local: number, step: number, end: number, ...code: Code): Code => [0x03, 0x40, code, get(local), i32(step), 0x6a, 0x22, local, i32(end), 0x49, 0x0d, 0, 0x0b]

// The locals: three integers, then vectors. A is a, and b to h follow it.
const [AT, INPUT, ROUND, X, A] = [0, 1, 2, 3, 4]

const rotate = (local: number, bits: number): Code => or(shiftRight(get(local), i32(bits)), shiftLeft(get(local), i32(32 - bits)))
const sigma = (local: number, a: number, b: number, last: Code): Code => xor(rotate(local, a), rotate(local, b), last)

/** A word of the schedule, counted from the round of the loop. */
const word = (at: number): Code => load(get(ROUND), SCHEDULE + at * WORD)
const small = (at: number, a: number, b: number, shift: number): Code => [set(X, word(at)), sigma(X, a, b, shiftRight(get(X), i32(shift)))]
const extend = (at: number): Code => store(get(ROUND), SCHEDULE + (at + 16) * WORD, add(word(at), small(at + 1, 7, 18, 3), word(at + 9), small(at + 14, 17, 19, 10)))

/** What moves from a to h are the names. */
function round(at: number): Code {
  const [a, b, c, d, e, f, g, h] = times(8, (name) => A + ((name - at) & 7)) as [number, number, number, number, number, number, number, number]
  const choice = xor(get(g), and(get(e), xor(get(f), get(g))))
  const majority = xor(and(get(a), xor(get(b), get(c))), and(get(b), get(c)))
  return [
    set(X, add(get(h), sigma(e, 6, 11, rotate(e, 25)), choice, word(at), load(get(ROUND), CONSTANTS + at * WORD))),
    set(d, add(get(d), get(X))),
    set(h, add(get(X), sigma(a, 2, 13, rotate(a, 22)), majority)),
  ]
}

/** The next word of each message: the address, then the vector that it is put into. */
const gather = (lane: number): Code => [get(AT), get(INPUT), i32(2), 0x76, 0x6a, lane === 0 ? get(X) : gather(lane - 1), 0xfd, 0x56, 2, leb(MESSAGES + lane * AREA_BYTES), lane]
/** Words are big-endian: bytes of each the other way round. */
const reverse = (value: Code): Code => [set(X, value), get(X), get(X), 0xfd, 0x0d, times(16, (byte) => byte ^ 3)]
const state = (at: number): Code => load(i32(0), STATE + at * WORD)

const compress: Code = [
  loop(INPUT, WORD, 16 * WORD, store(get(INPUT), SCHEDULE, reverse(gather(LANES - 1)))),
  times(8, (at) => set(A + at, state(at))),
  loop(ROUND, 8 * WORD, 64 * WORD, get(ROUND), i32(48 * WORD), 0x49, 0x04, 0x40, times(8, extend), 0x0b, times(8, round)),
  times(8, (at) => store(i32(0), STATE + at * WORD, add(state(at), get(A + at)))),
]

const section = (id: number, ...code: Code): Code => [id, sized(code)]

/** Under 4 KB, up to which every browser takes a module at once. */
export const moduleBytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(bytesOf([
  [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  section(1, 1, 0x60, 1, 0x7f, 0), // a function of an i32
  section(3, 1, 0),
  section(5, 1, 0, 1), // a page of memory
  section(7, 2, 1, 0x6d, 2, 0, 1, 0x63, 0, 0),
  section(10, 1, sized(2, 2, 0x7f, 9, 0x7b, compress, 0x0b)),
]))
