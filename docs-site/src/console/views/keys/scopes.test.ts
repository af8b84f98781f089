import { PERMISSIONS } from '@buildrunner/schema/shared/permissions'
import { expect, test } from 'vitest'
import { PRESETS, SCOPE_GROUPS } from './scopes.ts'

const offered = Object.values(SCOPE_GROUPS).flat() as readonly string[]

test('every scope of projects and organisations is offered once; those of the platform are for its operators', () => {
  const known = Object.entries(PERMISSIONS).flatMap(([name, { level }]) => (level === 'platform' ? [] : [name]))
  expect([...offered].sort()).toEqual(known.sort())
})

test('presets are made of scopes that are offered', () => {
  expect(Object.values(PRESETS).flat().filter((scope) => !offered.includes(scope))).toEqual([])
})
