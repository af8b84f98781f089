/** Where values lie in a drawing. */

export type Scale = (value: number) => number

/** Straight from a domain to a range; a domain of one value lies at the beginning of the range. */
export function linear([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  const span = high - low
  return (value) => (span === 0 ? from : from + ((value - low) / span) * (to - from))
}

/** Round values from 0 to at least the greatest one, at most `count` steps: 1, 2 or 5 times a power of ten apart. */
export function ticks(greatest: number, count = 5): readonly number[] {
  const rough = Math.max(greatest, 1) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) as number)
  return Array.from({ length: Math.ceil(Math.max(greatest, 1) / step) + 1 }, (_, index) => index * step)
}

/** `M0,10L20,5`: a line through points. */
export const path = (points: readonly (readonly [number, number])[]): string => points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')
