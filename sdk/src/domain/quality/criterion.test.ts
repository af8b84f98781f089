import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, criteriaOf, criterionDigest, criterionKey } from './criterion.ts'

describe('the key of a criterion', () => {
  it('is its id, or its text where it has none', () => {
    expect(criterionKey({ id: 'C1', text: 'It builds.' })).toBe('C1')
    expect(criterionKey({ text: 'It builds.' })).toBe('It builds.')
  })

  it('counts once, by the first that has it', () => {
    const criteria = criteriaOf([{ text: 'It builds.' }, { id: 'It builds.', text: 'Twice.' }, { id: 'C2', text: 'It runs.' }])
    expect([...criteria].map(([key, { text }]) => [key, text])).toEqual([['It builds.', 'It builds.'], ['C2', 'It runs.']])
    expect(criteriaOf(null).size).toBe(0)
  })
})

describe('the digest of a criterion', () => {
  const criterion = { id: 'C1', text: 'It builds.', check: { kind: 'command' as const, run: 'npm run build', env: ['CI'] } }

  it('is SHA-256 over canonical JSON of text and check', () => {
    expect(criterionDigest({ text: 'It builds.' })).toBe('77d5ee5f5f73da0157455c1894bf7055747f26f7f34df51f1904ff728024f318')
    expect(criterionDigest({ ...criterion, id: 'C9' })).toBe(criterionDigest(criterion))
    expect(criterionDigest({ ...criterion, ['x-note']: 'why' } as typeof criterion)).toBe(criterionDigest(criterion))
  })

  it('changes with the text, the check and everything in the check', () => {
    const digests = [criterion, { ...criterion, text: 'It runs.' }, { text: criterion.text }, { ...criterion, check: { ...criterion.check, run: 'make' } },
      { ...criterion, check: { ...criterion.check, env: [] } }].map(criterionDigest)
    expect(new Set(digests).size).toBe(digests.length)
  })
})

describe('canonical JSON', () => {
  it('says the same as JSON, whatever the order of members', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(JSON.parse(JSON.stringify(value), (_, member: unknown) => reversed(member)))).toBe(text)
    }))
  })

  it('prints members by their UTF-16 units and leaves out what is undefined', () => {
    expect(canonicalJson({ 'é': 1, Z: [undefined, 1.0], a: undefined, '10': 'x"', '9': null })).toBe('{"10":"x\\"","9":null,"Z":[null,1],"é":1}')
  })
})

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).reverse())
}
