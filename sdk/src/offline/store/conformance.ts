/**
 * What every backend must pass. It runs in Node and, without a test framework, in a page: a case throws when it fails.
 *
 * Each case gets data of its own, and two stores over it: `here`, and `other`, which is in another process or tab where the backend has
 * such. Nothing sleeps: what is awaited is an event, and a case that waits for one in vain runs into the time limit of its test.
 */
import { AbortedError } from '../../errors.ts'
import { OfflineStoreError, StaleStoreError } from './errors.ts'
import type { OfflineStore, StateCacheItem, StoreOperation } from './types.ts'

/** A backend under test, with data of its own. */
export interface ConformanceBackend {
  /** A store in this process or tab. Called again, one over the same data. */
  openHere(): Promise<OfflineStore>
  /** A store over the same data in another process or tab; else, as `openHere`. */
  openOther(): Promise<OfflineStore>
}

/** One thing that every backend does. */
export interface ConformanceCase {
  /** A fact, in the present tense. */
  title: string
  /** @throws when it is not so */
  run(stores: { here: OfflineStore; other: OfflineStore; backend: ConformanceBackend }): Promise<void>
}

const state = (data: unknown): StateCacheItem => ({ key: 'of the answer', data, fetchedAt: 1 })
const put = (key: string, data: unknown): StoreOperation => ({ op: 'put', table: 'states', key, value: state(data) })
const remove = (key: string): StoreOperation => ({ op: 'delete', table: 'states', key })
const keysOf = async (store: OfflineStore, prefix?: string): Promise<string[]> => (await store.list('states', prefix)).map(({ key }) => key)
const dataOf = async (store: OfflineStore): Promise<unknown> => Object.fromEntries((await store.list('states')).map(({ key, value }) => [key, value.data]))

function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value) ?? 'undefined')
  if (a !== b) throw new Error(`expected ${b}, got ${a}`)
}

async function fails(promise: Promise<unknown>, kind: abstract new (...args: never[]) => Error, code?: string): Promise<void> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason)
  if (!(error instanceof kind)) throw new Error(`expected ${kind.name}, got ${String(error)}`)
  if (code !== undefined) equal((error as { code?: string }).code, code)
}

/** Resolves when the store tells of `revision`, or of a later one. */
const told = (store: OfflineStore, revision: number): Promise<void> =>
  new Promise((resolve) => {
    const stop = store.watch((now) => {
      if (now < revision) return
      stop()
      resolve()
    })
  })

function signal(): { given: Promise<void>; give: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { given: promise, give: resolve }
}

const RECORDS: ConformanceCase[] = [
  {
    title: 'a new store is empty, at revision 0',
    async run({ here }) {
      equal([await here.revision(), await here.list('outbox'), await here.get('plans', 'p/')], [0, [], undefined])
    },
  },
  {
    title: 'a commit answers the next revision, and both stores read what it put, in every table',
    async run({ here, other }) {
      const health = { target: 'database', status: 'healthy', latencyMs: 3, message: null, checkedAt: 5 }
      equal(await here.commit([put('a', { deep: [1, 'zwei', null, { ü: '😀' }] }), { op: 'put', table: 'healthSnapshots', key: 'database', value: health }]), 1)
      equal(await other.revision(), 1)
      for (const store of [here, other]) {
        equal(await store.get('states', 'a'), state({ deep: [1, 'zwei', null, { ü: '😀' }] }))
        equal(await store.list('healthSnapshots'), [{ key: 'database', value: health }])
        equal(await store.list('outbox'), [])
      }
      equal(await other.commit([put('a', 'new')]), 2)
      equal((await here.get('states', 'a'))?.data, 'new')
    },
  },
  {
    title: 'records are listed in the order of their keys by UTF-16 code unit, and a prefix takes exactly what begins with it',
    async run({ here, other }) {
      const keys = ['a', 'a/', 'a/0000000010', 'a/0000000009', 'a/\uffff', 'a/\uffff\uffff', 'a0', 'A/', 'ä/', '😀', '\ufb01', '']
      await here.commit(keys.map((key) => put(key, key)))
      for (const store of [here, other]) {
        equal(await keysOf(store), ['', 'A/', 'a', 'a/', 'a/0000000009', 'a/0000000010', 'a/\uffff', 'a/\uffff\uffff', 'a0', 'ä/', '😀', '\ufb01'])
        equal(await keysOf(store, 'a/'), ['a/', 'a/0000000009', 'a/0000000010', 'a/\uffff', 'a/\uffff\uffff'])
        equal(await keysOf(store, 'a/\uffff'), ['a/\uffff', 'a/\uffff\uffff'])
        equal(await keysOf(store, 'b'), [])
      }
    },
  },
  {
    title: 'the operations of a commit count in their order, and deleting what is not there is no error',
    async run({ here, other }) {
      await here.commit([put('kept', 1), put('gone', 1)])
      equal(await here.commit([put('a', 1), put('a', 2), remove('gone'), remove('never'), put('b', 1), remove('b'), remove('kept'), put('kept', 2)]), 2)
      for (const store of [here, other]) equal(await dataOf(store), { a: 2, kept: 2 })
    },
  },
  {
    title: 'a store keeps copies, taken when the commit is called: what a caller changes later changes nothing',
    async run({ here }) {
      const data = { list: [1] }
      const committed = here.commit([put('a', data)])
      data.list.push(2)
      await committed
      const read = (await here.get('states', 'a'))!
      equal(read.data, { list: [1] })
      ;(read.data as typeof data).list.push(3)
      ;((await here.list('states'))[0]!.value.data as typeof data).list.push(4)
      equal((await here.get('states', 'a'))?.data, { list: [1] })
    },
  },
  {
    title: 'records are JSON: what is undefined is left out, and a commit with a value that is no JSON fails whole',
    async run({ here }) {
      await here.commit([put('a', { there: 1, absent: undefined })])
      equal(Object.keys((await here.get('states', 'a'))!.data as object), ['there'])
      const circle: Record<string, unknown> = {}
      circle['self'] = circle
      await fails(here.commit([put('b', 1), put('c', circle)]), TypeError)
      equal([await keysOf(here), await here.revision()], [['a'], 1])
    },
  },
  {
    title: 'one commit takes 2,500 operations and a record of a megabyte',
    async run({ here, other }) {
      const large = 'ü€😀\n"\\'.repeat(100_000)
      await here.commit([...Array.from({ length: 2500 }, (_, index) => put(`k/${String(index).padStart(4, '0')}`, index)), put('large', large)])
      const listed = await other.list('states', 'k/')
      equal([listed.length, listed[1234]?.value.data, (await other.get('states', 'large'))?.data === large], [2500, 1234, true])
    },
  },
]

const CONCURRENCY: ConformanceCase[] = [
  {
    title: 'a commit that expects an older revision is refused, and changes nothing',
    async run({ here, other }) {
      await here.commit([put('a', 1)])
      equal(await other.commit([put('a', 2)], { expected: 1 }), 2)
      await fails(here.commit([put('a', 3), put('b', 3)], { expected: 1 }), StaleStoreError, 'STORE_STALE')
      await fails(here.commit([], { expected: 1 }), StaleStoreError)
      equal([await dataOf(here), await here.revision()], [{ a: 2 }, 2])
    },
  },
  {
    title: 'a commit without operations is none: it answers the revision',
    async run({ here, other }) {
      await other.commit([put('a', 1)])
      equal([await here.commit([]), await here.commit([], { expected: 1 }), await other.revision()], [1, 1, 1])
    },
  },
  {
    title: 'commits of both stores at once all count, each with a revision of its own',
    async run({ here, other }) {
      const revisions = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? here : other).commit([put(`k${index}`, index)])))
      equal(revisions.sort((a, b) => a - b), Array.from({ length: 20 }, (_, index) => index + 1))
      equal([(await keysOf(here)).length, (await keysOf(other)).length], [20, 20])
    },
  },
  {
    title: 'with `expected`, no update of a counter is lost',
    async run({ here, other }) {
      const count = async (store: OfflineStore): Promise<void> => {
        for (let done = 0; done < 8; ) {
          const expected = await store.revision()
          const value = ((await store.get('states', 'counter'))?.data as number | undefined) ?? 0
          done += await store.commit([put('counter', value + 1)], { expected }).then(() => 1, (error: unknown) => {
            if (!(error instanceof StaleStoreError)) throw error
            return 0
          })
        }
      }
      await Promise.all([count(here), count(other)])
      equal(await dataOf(here), { counter: 16 })
    },
  },
  {
    title: 'a watcher is told of commits of both stores, until it ends',
    async run({ here, other }) {
      const first = told(here, 1)
      await here.commit([put('a', 1)])
      await first
      const second = told(here, 2)
      await other.commit([put('a', 2)])
      await second
      let calls = 0
      here.watch(() => calls++)()
      const third = told(here, 3)
      await other.commit([put('a', 3)])
      await third
      equal(calls, 0)
    },
  },
]

const EXCLUSION: ConformanceCase[] = [
  {
    title: 'one at a time is in `exclusive`, also of two stores, and it answers what its work returns',
    async run({ here, other }) {
      let [inside, most] = [0, 0]
      const work = async (): Promise<string> => {
        most = Math.max(most, ++inside)
        await here.revision()
        inside--
        return 'done'
      }
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? here : other).exclusive('drain', work)))
      equal([most, new Set(answers).size, answers[0]], [1, 1, 'done'])
    },
  },
  {
    title: 'who does not want to wait is told that somebody is in it; another name is another room; an error lets the next one in',
    async run({ here, other }) {
      const [entered, leave] = [signal(), signal()]
      const first = other.exclusive('drain', () => {
        entered.give()
        return leave.given
      })
      await entered.given
      equal(await here.exclusive('drain', async () => 'in', { wait: false }), undefined)
      equal(await here.exclusive('sign in', async () => 'in', { wait: false }), 'in')
      leave.give()
      await first
      await fails(here.exclusive('drain', () => Promise.reject(new RangeError('of the work'))), RangeError)
      equal(await other.exclusive('drain', async () => 'in', { wait: false }), 'in')
    },
  },
  {
    title: 'a wait can be aborted, and does not enter later',
    async run({ here, other }) {
      const [entered, leave, controller] = [signal(), signal(), new AbortController()]
      const first = other.exclusive('drain', () => {
        entered.give()
        return leave.given
      })
      await entered.given
      let isIn = false
      const enter = async (): Promise<void> => void (isIn = true)
      const waiting = here.exclusive('drain', enter, { signal: controller.signal })
      controller.abort()
      await fails(waiting, AbortedError)
      await fails(here.exclusive('drain', enter, { signal: controller.signal }), AbortedError)
      leave.give()
      await first
      equal([await here.exclusive('drain', async () => 'in'), isIn], ['in', false])
    },
  },
]

const LIFE: ConformanceCase[] = [
  {
    title: 'what was committed is there after every store was closed, and the revision goes on',
    async run({ here, other, backend }) {
      await here.commit([put('a', 1), put('b', 2)])
      await other.commit([remove('a')])
      await Promise.all([here.close(), other.close()])
      const again = await backend.openHere()
      equal([await dataOf(again), await again.revision(), await again.commit([put('c', 3)])], [{ b: 2 }, 2, 3])
      await again.close()
    },
  },
  {
    title: 'a closed store refuses every call and tells nothing; the other one goes on',
    async run({ here, other }) {
      let calls = 0
      here.watch(() => calls++)
      await here.close()
      await here.close()
      for (const call of [() => here.list('states'), () => here.get('states', 'a'), () => here.commit([]), () => here.revision(), () => here.exclusive('a', async () => 1)]) {
        await fails((async () => call())(), OfflineStoreError, 'STORE_CLOSED')
      }
      await fails((async () => here.watch(() => undefined))(), OfflineStoreError, 'STORE_CLOSED')
      const heard = told(other, 1)
      await other.commit([put('a', 1)])
      await heard
      equal([await dataOf(other), calls], [{ a: 1 }, 0])
    },
  },
]

/** Every case. */
export const CONFORMANCE: readonly ConformanceCase[] = [...RECORDS, ...CONCURRENCY, ...EXCLUSION, ...LIFE]

/** Runs one case, with stores that are closed at its end. */
export async function runConformance({ run }: ConformanceCase, backend: ConformanceBackend): Promise<void> {
  const [here, other] = [await backend.openHere(), await backend.openOther()]
  try {
    await run({ here, other, backend })
  } finally {
    await Promise.all([here.close(), other.close()])
  }
}
