/** A store that lives in another process or tab, for tests: calls go there and back over messages. */
import { AbortedError } from '../../../errors.ts'
import { OfflineStoreError, StaleStoreError } from '../errors.ts'
import type { ExclusiveOptions, OfflineStore } from '../types.ts'

/** A way to the other side, and back. */
export interface MessagePortLike {
  post(message: Message): void
  listen(listener: (message: Message) => void): void
}

/** What ends a watch, a stay in `exclusive` and the wait for it. */
type End = 'unwatch' | 'leave' | 'abort'
type Method = 'list' | 'get' | 'commit' | 'revision' | 'close'
interface Fault { name: string; code?: string; message: string; details?: Record<string, unknown> }
export type Message =
  | { to: 'host'; id: number; store: number; call: 'open'; target: string }
  | { to: 'host'; id: number; store: number; call: Method; args: unknown[] }
  | { to: 'host'; id: number; store: number; call: 'watch' }
  | { to: 'host'; id: number; store: number; call: End }
  | { to: 'host'; id: number; store: number; call: 'exclusive'; name: string; wait: boolean }
  | { to: 'caller'; id: number; event: 'value' | 'told' | 'entered'; value?: unknown }
  | { to: 'caller'; id: number; event: 'fault'; fault: Fault }

/** Serves stores to the other side. */
export function hostStores(port: MessagePortLike, open: (target: string) => Promise<OfflineStore>): void {
  const stores = new Map<number, OfflineStore>()
  /** By what it ends, and the id of the call that began it. */
  const ends = new Map<string, () => void>()
  const exclusive = (id: number, store: OfflineStore, name: string, wait: boolean): Promise<unknown> => {
    const controller = new AbortController()
    ends.set(`abort ${id}`, () => controller.abort())
    const stay = (): Promise<true> => new Promise((resolve) => {
      ends.set(`leave ${id}`, () => resolve(true))
      port.post({ to: 'caller', id, event: 'entered' })
    })
    return store.exclusive(name, stay, { wait, signal: controller.signal })
  }
  const answer = async (message: Message & { to: 'host' }): Promise<unknown> => {
    const { id, call } = message
    if (call === 'open') return void stores.set(message.store, await open(message.target))
    const store = stores.get(message.store)!
    if (call === 'exclusive') return exclusive(id, store, message.name, message.wait)
    if (call === 'watch') return void ends.set(`unwatch ${id}`, store.watch((value) => port.post({ to: 'caller', id, event: 'told', value })))
    if ('args' in message) return (store[message.call] as (...args: unknown[]) => Promise<unknown>)(...message.args)
    return ends.get(`${call} ${id}`)?.()
  }
  port.listen((message) => {
    if (message.to !== 'host') return
    const { id } = message
    const silent = ['leave', 'abort', 'unwatch', 'watch'].includes(message.call)
    answer(message).then(
      (value) => silent || port.post({ to: 'caller', id, event: 'value', value }),
      (error: unknown) => port.post({ to: 'caller', id, event: 'fault', fault: faultOf(error) }),
    )
  })
}

/** Opens stores on the other side. */
export function remoteStores(port: MessagePortLike): (target: string) => Promise<OfflineStore> {
  const calls = new Map<number, (message: Message & { to: 'caller' }) => void>()
  let count = 0
  port.listen((message) => {
    if (message.to === 'caller') calls.get(message.id)?.(message)
  })
  const begin = (message: DistributiveOmit<Message & { to: 'host' }, 'id' | 'to'>, on: (event: string, value: unknown) => void = () => undefined): { id: number; done: Promise<unknown> } => {
    const id = ++count
    const done = new Promise((resolve, reject) => {
      calls.set(id, (answer) => {
        if (answer.event === 'fault') reject(errorOf(answer.fault))
        else if (answer.event === 'value') resolve(answer.value)
        else on(answer.event, answer.value)
      })
      port.post({ ...message, to: 'host', id } as Message)
    })
    return { id, done }
  }
  return async (target) => {
    const store = ++count
    await begin({ store, call: 'open', target }).done
    const call = (name: Method) => (...args: unknown[]) => begin({ store, call: name, args: args.filter((arg) => arg !== undefined) }).done
    const tell = (id: number, name: End): void => port.post({ to: 'host', id, store, call: name })
    return {
      list: call('list'), get: call('get'), commit: call('commit'), revision: call('revision'), close: call('close'),
      watch(listener: (revision: number) => void) {
        const { id } = begin({ store, call: 'watch' }, (_event, revision) => listener(revision as number))
        return () => tell(id, 'unwatch')
      },
      async exclusive<R>(name: string, work: () => Promise<R>, { wait = true, signal }: ExclusiveOptions = {}) {
        let result: R | undefined
        const { id, done } = begin({ store, call: 'exclusive', name, wait }, () => void work().then((value) => {
          result = value
          tell(id, 'leave')
        }))
        signal?.addEventListener('abort', () => tell(id, 'abort'))
        await done
        return result
      },
    } as OfflineStore
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

const faultOf = (error: unknown): Fault => {
  const { name, message, code, details } = error as Fault
  return { name, message, code, details }
}

function errorOf({ name, message, code = name, details = {} }: Fault): Error {
  if (code === 'STORE_STALE') return new StaleStoreError(details['expected'] as number, details['actual'] as number)
  if (code === 'ABORTED') return new AbortedError({ code, message })
  return name === 'TypeError' ? new TypeError(message) : new OfflineStoreError({ code, message, details })
}
