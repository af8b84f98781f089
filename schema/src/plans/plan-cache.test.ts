import { describe, expect, test } from 'vitest'
import { createPlanCache } from './plan-cache.ts'
import type { KnownPlan } from './plan-cache.ts'
import type { ItemRow } from './rows.ts'

const known = (projectId: string, items: number, over: Partial<KnownPlan> = {}): KnownPlan => ({
  projectId, organisationId: 'o', slug: `slug-${projectId}`, sequence: 1, mark: 'm', plan: { head: {}, items: new Map(), children: new Map() },
  rows: new Map(Array.from({ length: items }, (_, n) => [`k${n}`, {} as ItemRow])), ...over,
})

describe('a cache of plans', () => {
  test('finds a plan by UUID and by slug, for its own organisation only', () => {
    const cache = createPlanCache()
    const plan = known('p', 1)
    cache.keep(plan)
    expect([cache.find('o', 'p'), cache.find('o', 'slug-p')]).toEqual([plan, plan])
    expect([cache.find('other', 'p'), cache.find('other', 'slug-p'), cache.find('o', 'slug-q')]).toEqual([undefined, undefined, undefined])
  })

  test('keeps the last version of a plan, under its last slug', () => {
    const cache = createPlanCache()
    cache.keep(known('p', 3))
    const renamed = known('p', 2, { slug: 'renamed', sequence: 2 })
    cache.keep(renamed)
    expect([cache.find('o', 'p'), cache.find('o', 'renamed'), cache.find('o', 'slug-p')]).toEqual([renamed, renamed, undefined])
  })

  test('forgets what was not asked for longest when there are too many items', () => {
    const cache = createPlanCache(10)
    for (const id of ['a', 'b', 'c']) cache.keep(known(id, 3))
    cache.find('o', 'a')
    cache.keep(known('d', 4))
    expect(['a', 'b', 'c', 'd'].filter((id) => cache.find('o', id) !== undefined)).toEqual(['a', 'c', 'd'])
  })

  test('keeps no plan that alone has too many, and nothing older instead', () => {
    const cache = createPlanCache(10)
    cache.keep(known('a', 3))
    cache.keep(known('b', 3))
    cache.keep(known('a', 11))
    expect([cache.find('o', 'a'), cache.find('o', 'b')?.projectId]).toEqual([undefined, 'b'])
  })
})
