/** What no real socket shows at will: what happens while an operation is prepared or has just ended. */
import type { ExecutionResult } from 'graphql'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { createProtocol } from './protocol.ts'
import type { Answer, Handlers, Operation, Peer } from './protocol.ts'

function createPeer() {
  const sent: unknown[] = []
  const closed: number[] = []
  const peer: Peer = {
    protocol: 'graphql-transport-ws', stage: 'acknowledged', introduction: undefined, operations: new Map(),
    send: (text) => Promise.resolve(void sent.push(JSON.parse(text))),
    close: (code) => void closed.push(code),
  }
  return { peer, sent, closed }
}

function serve(execute: Handlers<Peer>['execute']) {
  const handlers: Handlers<Peer> = { connect: () => Promise.resolve(true), execute, present: (_peer, _operation, errors) => errors.map(({ message }) => ({ message })) }
  const protocol = createProtocol(handlers, { initTimeoutMs: 1_000 })
  const { peer, sent, closed } = createPeer()
  const receive = (message: object): Promise<void> => protocol.receive(peer, JSON.stringify(message))
  return { peer, sent, closed, receive, protocol }
}

const subscribe = (id = '1') => ({ id, type: 'subscribe', payload: { query: '{ a }' } })
const COMPLETE = { id: '1', type: 'complete' }

/** A source that pushes, and when it was started and ended. */
function createRunning() {
  const told: string[] = []
  return { told, start: () => void told.push('start'), end: () => void told.push('end') }
}

test('what a client completes while it is prepared is never started, and nothing is said about it', async () => {
  const prepared = Promise.withResolvers<Answer>()
  const { sent, receive, peer } = serve(() => prepared.promise)
  const answered = receive(subscribe())
  await receive(COMPLETE)
  expect(peer.operations.size).toBe(0)
  const running = createRunning()
  prepared.resolve(running)
  await answered
  expect([running.told, sent]).toEqual([['end'], []])
})

test('an id that was completed while it was prepared can be taken again, and the late answer does not touch its successor', async () => {
  const answers = [Promise.withResolvers<Answer>(), Promise.withResolvers<Answer>()]
  let asked = 0
  const { sent, receive, peer } = serve(() => answers[asked++]!.promise)
  const first = receive(subscribe())
  await receive(COMPLETE)
  const second = receive(subscribe())
  answers[0]!.resolve({ data: { a: 'late' } })
  await first
  expect([sent, peer.operations.size]).toEqual([[], 1])
  answers[1]!.resolve({ data: { a: 'new' } })
  await second
  expect([sent, peer.operations.size]).toEqual([[{ id: '1', type: 'next', payload: { data: { a: 'new' } } }, COMPLETE], 0])
})

test('results that are iterated end with their client, and with an error of their own', async () => {
  let returned = 0
  const waiting = Promise.withResolvers<IteratorResult<ExecutionResult>>()
  const endless: AsyncIterableIterator<ExecutionResult> = {
    next: () => waiting.promise,
    return: () => (returned++, waiting.resolve({ done: true, value: undefined }), waiting.promise),
    [Symbol.asyncIterator]: () => endless,
  }
  async function* failing(): AsyncGenerator<ExecutionResult> {
    yield { data: { a: 1 } }
    throw new Error('broken')
  }
  const { sent, receive, peer } = serve((_peer, { id }) => Promise.resolve(id === '1' ? endless : failing()))
  const answered = receive(subscribe())
  await expect.poll(() => peer.operations.get('1')).toBeDefined()
  await receive(COMPLETE)
  await answered
  expect([sent, returned]).toEqual([[], 1])
  await receive(subscribe('2'))
  expect(sent).toEqual([{ id: '2', type: 'next', payload: { data: { a: 1 } } }, { id: '2', type: 'error', payload: [{ message: 'broken' }] }])
})

test('an operation that was finished by its source says so once; the end of the connection ends all others', async () => {
  const operations: Operation[] = []
  const running = createRunning()
  const { sent, receive, peer, protocol } = serve((_peer, operation) => (operations.push(operation), Promise.resolve(running)))
  await receive(subscribe('1'))
  await receive(subscribe('2'))
  await operations[0]!.finish(new GraphQLError('revoked'))
  await operations[0]!.finish()
  expect(sent).toEqual([{ id: '1', type: 'error', payload: [{ message: 'revoked' }] }])
  protocol.closed(peer)
  await operations[1]!.finish()
  expect([running.told, sent.length, peer.operations.size]).toEqual([['start', 'start', 'end'], 1, 0])
})

test('a fault of the server is its caller\'s to tell, and frees the id', async () => {
  const { receive, peer } = serve(() => Promise.reject(new Error('fault')))
  await expect(receive(subscribe())).rejects.toThrow('fault')
  expect(peer.operations.size).toBe(0)
})

test('a ping is answered with what it carries; a message that only servers send is closed with 4400', async () => {
  const { sent, closed, receive } = serve(() => Promise.resolve([]))
  await receive({ type: 'ping', payload: { at: 1 } })
  await receive({ type: 'ping' })
  await receive({ type: 'pong' })
  expect([sent, closed]).toEqual([[{ type: 'pong', payload: { at: 1 } }, { type: 'pong' }], []])
  await receive({ type: 'connection_ack' })
  expect(closed).toEqual([4400])
})
