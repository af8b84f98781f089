import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeOrder } from './order.ts'

const all = () => true
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const list = fc.shuffledSubarray(ids)
const keeping = (base: readonly string[], local: readonly string[], remote: readonly string[]) => {
  // What one side removed and the other left alone is no member.
  const sets = { base: new Set(base), local: new Set(local), remote: new Set(remote) }
  return (id: string): boolean => (sets.local.has(id) === sets.remote.has(id) ? sets.local.has(id) : !sets.base.has(id))
}

describe('mergeOrder', () => {
  it('holds every member exactly once', () => {
    fc.assert(fc.property(list, list, list, (base, local, remote) => {
      expect(mergeOrder(base, local, remote, all).toSorted()).toEqual([...new Set([...base, ...local, ...remote])].sort())
    }))
  })

  it('takes the order of the only side that changed anything', () => {
    fc.assert(fc.property(list, list, (base, changed) => {
      expect(mergeOrder(base, changed, base, keeping(base, changed, base))).toEqual(changed)
      expect(mergeOrder(base, base, changed, keeping(base, base, changed))).toEqual(changed)
    }))
  })

  it('gives the same list when the sides are swapped', () => {
    fc.assert(fc.property(list, list, list, (base, local, remote) => {
      expect(mergeOrder(base, local, remote, all)).toEqual(mergeOrder(base, remote, local, all))
    }))
  })

  it('leaves a list alone that both sides share', () => {
    fc.assert(fc.property(list, list, (base, both) => {
      expect(mergeOrder(base, both, both, keeping(base, both, both))).toEqual(both)
    }))
  })

  it('keeps a move of one side and an insertion of the other', () => {
    expect(mergeOrder(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'], ['a', 'b', 'x', 'c', 'd'], all)).toEqual(['d', 'a', 'b', 'x', 'c'])
  })

  it('keeps what each side inserted together and in its order', () => {
    expect(mergeOrder(['a', 'b'], ['a', 'm', 'c', 'b'], ['a', 'k', 'z', 'b'], all)).toEqual(['a', 'k', 'z', 'm', 'c', 'b'])
  })
})
