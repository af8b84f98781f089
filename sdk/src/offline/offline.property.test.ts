/**
 * Devices that do anything in any order over a network that does anything. `Seen` (spy-store.ts) checks every commit of every device:
 * sequences and numbers never run backwards, what may have been sent is never changed, and no write leaves the outbox before the
 * server has it. At the end everybody has the same plan, and every write has ended, once.
 */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { unflattenPlan } from '../domain/plans/flat.ts'
import { validateFlat } from '../domain/plans/graph-rules.ts'
import { ACTIONS, World } from './testing/world.ts'
import type { Action } from './testing/world.ts'

const nat = fc.nat(9_999)
const action: fc.Arbitrary<Action> = fc.record({ do: fc.constantFrom(...ACTIONS), device: nat, tab: nat, a: nat, b: nat, c: nat })
/** Three to five devices, up to 200 actions each. */
const scripts = fc.integer({ min: 3, max: 5 }).chain((devices) =>
  fc.record({ devices: fc.constant(devices), actions: fc.noBias(fc.array(action, { maxLength: devices * 200, size: 'max' })) }))

const BAR = 50_000
const PARTS = Array.from({ length: 10 }, (_, part) => part)
/** Scripts in each part. */
const RUNS = 14
/** How long a failure may be made shorter. */
const SHRINK_MS = 120_000
let actions = 0

afterAll(() => {
  console.log(`offline: ${actions.toLocaleString('en')} actions of property tests (bar: ${BAR.toLocaleString('en')})`)
})

test.each(PARTS)('devices converge, and every write ends, once (part %i)', async (part) => {
  await fc.assert(fc.asyncProperty(scripts, async ({ devices, actions: script }) => {
    const world = new World(devices)
    for (const each of script) await world.act(each)
    actions += script.length
    await world.settle()
    await check(world)
    await world.close()
  }), { numRuns: RUNS, interruptAfterTimeLimit: SHRINK_MS, markInterruptAsFailure: true, seed: (fc.readConfigureGlobal().seed ?? 0) + part })
})

test('a run has as many actions as the bar asks for', () => {
  expect(actions).toBeGreaterThanOrEqual(BAR)
})

async function check({ server, devices }: World): Promise<void> {
  const plan = unflattenPlan(server.plan)
  expect(validateFlat(server.plan).filter(({ severity }) => severity === 'error')).toEqual([])
  expect([...server.carriedOut].filter(([, times]) => times !== 1)).toEqual([])
  for (const device of devices) {
    const tab = await device.tab(0)
    const read = await tab.plan({ from: 'cache' })
    expect(read.data).toEqual(plan)
    expect([read.pending, read.unapplied, read.asOf.sequence]).toEqual([0, [], server.sequence])
    const dead = tab.queue.items()
    expect(dead.every(({ state, error }) => state === 'failed' && error !== null)).toBe(true)
  }
}
