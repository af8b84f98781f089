import { parsePolicy } from '@buildrunner/sdk/policy'
import { expect, test } from 'vitest'
import { FIRST_POLICY } from './first-policy.ts'

test('the policy that is offered first has nothing wrong with it', () => {
  expect(parsePolicy(FIRST_POLICY).problems).toEqual([])
})
