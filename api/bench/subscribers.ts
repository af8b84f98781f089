/** Sockets of a bench: many clients that count what they get. */
import { once } from 'node:events'
import WebSocket from 'ws'
import { send } from './harness.ts'
import documents from '../../sdk/documents.json' with { type: 'json' }

export interface Subscribers {
  /** Resolves when each has got `count` messages more than before. */
  received(count: number): Promise<void>
  /** Each says it, and waits for one answer. */
  say(message: object): Promise<void>
  /** The last message of any. */
  last(): string
  /** Called with each message. */
  onMessage(listener: (data: Buffer) => void): void
  close(): void
}

/** Opens sockets a hundred at a time: more at once than a server's backlog holds would wait for a second try. */
export async function connect(url: string, count: number): Promise<Subscribers> {
  let [total, wanted] = [0, 0]
  let last: Buffer = Buffer.alloc(0)
  let [resolve, listener] = [(): void => {}, (_data: Buffer): void => {}]
  const sockets: WebSocket[] = []
  while (sockets.length < count) {
    const opened = Array.from({ length: Math.min(100, count - sockets.length) }, () => new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false }))
    await Promise.all(opened.map((socket) => once(socket, 'open')))
    sockets.push(...opened)
  }
  for (const socket of sockets) {
    socket.on('message', (data: Buffer) => {
      last = data
      listener(data)
      if (++total === wanted) resolve()
    })
  }
  const received = (messages: number): Promise<void> => new Promise((done) => {
    wanted += count * messages
    resolve = done
    if (total === wanted) done()
  })
  return {
    received,
    async say(message) {
      const answered = received(1)
      for (const socket of sockets) socket.send(JSON.stringify(message))
      await answered
    },
    last: () => last.toString(),
    onMessage: (added) => void (listener = added),
    close: () => sockets.forEach((socket) => socket.terminate()),
  }
}

/** Each follows the project as the SDK would. */
export async function subscribe(url: string, count: number, apiKey: string, projectId: string): Promise<Subscribers> {
  const subscribers = await connect(`${url}/graphql`, count)
  await subscribers.say({ type: 'connection_init', payload: { authorization: `Bearer ${apiKey}` } })
  await subscribers.say({ id: '1', type: 'subscribe', payload: { query: '', extensions: { documentId: `${documents.id}.events_watch` }, variables: { projectId } } })
  return subscribers
}

const STATUSES = ['DONE', 'BLOCKED', 'IN_PROGRESS'] as const
let writes = 0

/** Writes one event, at any server of the project. */
export async function write(url: string, apiKey: string, projectId: string): Promise<void> {
  const body = JSON.stringify({ documentId: `${documents.id}.planning_setStatus`, variables: { projectId, id: 'm1.s1.k1', status: STATUSES[writes++ % 3] } })
  const answer = await send(url, { path: '/graphql', body, headers: { authorization: `Bearer ${apiKey}` } })
  if (answer.includes('"errors"')) throw new Error(answer)
}
