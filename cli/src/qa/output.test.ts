import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_OUTPUT } from '@buildrunner/sdk/quality'
import { BoundedOutput, MARGIN } from './output.ts'
import { secretMask } from './secrets.ts'

const same = (text: string): string => text

/** Writes bytes in chunks of the given sizes, again and again. */
function written(bytes: Buffer, sizes: readonly number[]): BoundedOutput {
  const output = new BoundedOutput()
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!
    output.write(bytes.subarray(at, at + size))
    at += size
  }
  return output
}
const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 4 })

describe('what a program prints', () => {
  it('is kept whole where it is short, also where chunks cut its characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }), (text, small) => {
      const [bytes] = [Buffer.from(text)]
      expect(written(bytes, small).text(same)).toBe(bytes.toString())
    }))
  })

  it('keeps its beginning and its end, however long it is and however it comes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400_000 }), sizes, (length, chunks) => {
      const line = (number: number): string => `${String(number).padStart(9, '0')}\n`
      const text = Array.from({ length: Math.ceil(length / 10) }, (_, number) => line(number)).join('')
      const shown = written(Buffer.from(text), chunks).text(same)
      expect(shown.length).toBeLessThanOrEqual(MAX_OUTPUT)
      if (shown === text) return
      const [beginning = '', end = ''] = shown.split(/\n… \d+ (?:bytes|characters) are left out …\n/)
      expect([beginning.length, end.length]).toEqual([16_000, 44_000])
      expect(text.startsWith(beginning) && text.endsWith(end)).toBe(true)
    }), { numRuns: 40 })
  })

  it('shows no part of a secret, wherever chunks and the middle that is left out cut it', () => {
    const secret = 'S3cr3t-'.repeat(20)
    const mask = secretMask({ DEPLOY_TOKEN: secret })
    fc.assert(fc.property(fc.integer({ min: 0, max: 130_000 }), fc.integer({ min: 0, max: 130_000 }), sizes, (before, after, chunks) => {
      const shown = written(Buffer.from(`${'.'.repeat(before)}${secret}${'.'.repeat(after)}`), chunks).text(mask)
      expect(shown).not.toContain('S3')
      expect(shown).not.toContain('t-')
    }), { numRuns: 60 })
    // And all around the two cuts, for every place of the secret there.
    for (const cut of [16_000, 16_000 + MARGIN, 44_000, 44_000 + MARGIN]) {
      for (let shift = -secret.length - 1; shift <= 1; shift += 7) {
        for (const [before, after] of [[cut + shift, 100_000], [100_000, cut + shift]] as const) {
          expect(written(Buffer.from(`${'.'.repeat(before)}${secret}${'.'.repeat(after)}`), [65_536]).text(mask), `${before} ${after}`).not.toMatch(/S3|t-/)
        }
      }
    }
  })

  it('is bounded also where the mask makes it longer', () => {
    const hostile = 'a://b:c@d '.repeat(30_000)
    expect(written(Buffer.from(hostile), [65_536]).text(secretMask({})).length).toBeLessThanOrEqual(MAX_OUTPUT)
  })
})
