import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlanLimitError } from '../shared/errors.ts'
import { DEFAULT_OPERATOR_POLICY as OPERATOR, TIERS } from '../shared/operator-policy.ts'
import { requireRoom, seatsOf } from './limits.ts'
import type { Growth, Usage } from './limits.ts'

const USAGE: Usage = { tier: 'free', extra_seats: 0, limits_revision: 0, members: 1, seats_used: 1, invited: 0, seats_reserved: 0, projects: 0 }

function refusal(usage: Partial<Usage>, growth: Growth): PlanLimitError | null {
  try {
    requireRoom(OPERATOR, { ...USAGE, ...usage }, growth)
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(PlanLimitError)
    return error as PlanLimitError
  }
}

describe('the free tier', () => {
  test.each<[string, Partial<Usage>, Growth, object]>([
    ['a second seat', {}, { seats: 1, members: 1 }, { limit: 'seats', upgradeTo: 'pro', message: expect.stringContaining('Make somebody a Viewer everywhere, add seats (up to 3) or change to the tier pro.') }],
    ['a fourth seat, however many are bought', { extra_seats: 9, seats_used: 3 }, { seats: 1 }, { limit: 'seats', message: expect.not.stringContaining('add seats') }],
    ['a seat that an invitation reserves', { extra_seats: 1, invited: 1, seats_reserved: 1 }, { seats: 1 }, { limit: 'seats', message: expect.stringContaining('revoke an open invitation') }],
    ['a sixth member', { members: 5 }, { members: 1 }, { limit: 'members', upgradeTo: 'pro', message: expect.stringContaining('Remove one or change') }],
    ['a sixth member, counting who is invited', { members: 3, invited: 2 }, { members: 1 }, { limit: 'members' }],
    ['a fourth project', { projects: 3 }, { projects: 1 }, { limit: 'projects', upgradeTo: 'pro', message: 'The tier free has no room for another project: it has 3. Archive one or change to the tier pro.' }],
  ])('refuses %s', (_name, usage, growth, expected) => expect(refusal(usage, growth)).toMatchObject({ code: 'PLAN_LIMIT_REACHED', ...expected }))

  test('has room for four viewers and three projects', () => {
    expect([refusal({ members: 4 }, { members: 1 }), refusal({ projects: 2 }, { projects: 1 })]).toEqual([null, null])
  })
})

test('the largest tier names no other', () => {
  expect(refusal({ tier: 'enterprise', seats_used: 1_000, extra_seats: 900 }, { seats: 1 })).toMatchObject({ upgradeTo: null })
})

test('seats fill up to those included and bought, and never beyond what the tier can have', () => {
  const counts = fc.nat({ max: 1_100 })
  fc.assert(
    fc.property(fc.constantFrom(...TIERS), counts, counts, counts, (tier, extra_seats, seats_used, seats_reserved) => {
      const held = seatsOf(OPERATOR.tiers[tier], extra_seats)
      expect(held).toBeLessThanOrEqual(OPERATOR.tiers[tier].seats.max)
      const refused = refusal({ tier, extra_seats, seats_used, seats_reserved }, { seats: 1 })
      expect(refused === null).toBe(seats_used + seats_reserved + 1 <= held)
      if (refused !== null && refused.upgradeTo !== null) expect(OPERATOR.tiers[refused.upgradeTo as 'pro'].seats.max).toBeGreaterThanOrEqual(seats_used + seats_reserved + 1)
    }),
  )
})

test('what adds nothing is never refused, however full the organisation is', () => {
  expect(refusal({ members: 99, seats_used: 99, projects: 99 }, {})).toBeNull()
})
