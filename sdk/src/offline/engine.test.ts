import { expect, test } from 'vitest'
import { errorOf } from '../errors.ts'
import type { OfflineClient } from './client.ts'
import type { QueueStatus } from './types.ts'
import { houseServer, openClient, TestClock } from './testing/setup.ts'

/** Time that passes when it is told to. */
class HeldClock extends TestClock {
  pass = (): void => {}

  override async wait(ms: number, signal?: AbortSignal): Promise<void> {
    await super.wait(ms, signal)
    await new Promise<void>((resolve) => {
      this.pass = resolve
      signal?.addEventListener('abort', () => resolve())
    })
  }
}

async function until(offline: OfflineClient, holds: (status: QueueStatus) => boolean): Promise<void> {
  for await (const status of offline.queue.watch()) if (holds(status)) return
}

test('events that are refused are told, and the queue drains and others are read all the same; they are followed once that is allowed', async () => {
  const server = houseServer()
  const port = server.port()
  const clock = new HeldClock()
  let isRefused = true
  const events: typeof port.events = async function* (...given) {
    if (isRefused) throw errorOf({ code: 'FORBIDDEN', message: 'No events for you (test).' })
    yield* port.events(...given)
  }
  const { offline } = await openClient(server, { clock, server: { ...port, events } })
  offline.start()
  await until(offline, ({ liveError, live }) => liveError?.code === 'FORBIDDEN' && !live)
  await offline.edit([{ op: 'update', id: 'a', set: { title: 'Mine' } }])
  await until(offline, ({ queued, state }) => queued === 0 && state === 'idle')
  expect(server.plan.items.get('a')?.fields.title).toBe('Mine')
  expect(offline.queue.status().liveError).toMatchObject({ code: 'FORBIDDEN' })
  server.edit([{ op: 'update', id: 'b', set: { title: 'Theirs' } }])
  clock.pass()
  while ((await offline.plan({ from: 'cache' })).flat.items.get('b')?.fields.title !== 'Theirs') await new Promise(setImmediate)
  isRefused = false
  clock.pass()
  await until(offline, ({ live, liveError }) => live && liveError === null)
  expect(clock.waits).toEqual([500, 1_000])
  await offline.close()
})
