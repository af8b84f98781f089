import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { DEFAULT_CIRCUIT_BREAKER } from '@buildrunner/sdk/resilience'
import { createSmtpMailer } from './smtp.ts'
import type { SmtpMailer } from './smtp.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Peer {
  readonly mailer: SmtpMailer
  /** The next message that the mail server took. */
  taken(): Promise<{ to: string[]; raw: string }>
  readonly log: string[]
}

/** A real mail server on a free port, and a mailer that delivers to it. */
async function startPeer(options: SMTPServerOptions, { user = '' } = {}): Promise<Peer> {
  const messages: { to: string[]; raw: string }[] = []
  const log: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'], authOptional: true, closeTimeout: 100, ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        messages.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() })
        done()
        server.emit('taken')
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const logger = pino({ level: 'warn' }, { write: (line: string) => { log.push(line); server.emit('logged') } })
  const mailer = createSmtpMailer({ url: `smtp://${user}127.0.0.1:${port}`, from: 'BuildRunner <no-reply@example.com>', logger, backoff: { minMs: 1, maxMs: 1, factor: 1, jitter: false, maxAttempts: 3 }, circuitBreaker: { ...DEFAULT_CIRCUIT_BREAKER, failureThreshold: 2 } })
  closers.push(() => new Promise((resolve) => server.close(() => resolve())), () => mailer.close())
  return {
    mailer, log,
    async taken() {
      while (messages.length === 0 && log.length === 0) await Promise.race([once(server, 'taken'), once(server, 'logged')])
      return messages.shift() ?? Promise.reject(new Error(log.join()))
    },
  }
}

const MAIL = { to: 'ada@example.org', subject: 'Grüße', text: 'Öffne http://127.0.0.1:4000/x?token=abc\n', html: '<p>Öffne</p>' }

test('a message arrives as it was handed over', async () => {
  const { mailer, taken } = await startPeer({})
  mailer.send(MAIL)
  const { to, raw } = await taken()
  const parsed = await PostalMime.parse(raw)
  expect(to).toEqual(['ada@example.org'])
  expect(parsed).toMatchObject({ subject: 'Grüße', from: { name: 'BuildRunner', address: 'no-reply@example.com' }, html: '<p>Öffne</p>\n' })
  expect(parsed.text?.trim()).toBe(MAIL.text.trim())
})

test('it signs in with what the address of the server says', async () => {
  const { mailer, taken } = await startPeer({
    authOptional: false,
    onAuth: ({ username, password }, _session, done) => (username === 'br' && password === 'p@ss' ? done(null, { user: 'br' }) : done(new Error('no'))),
  }, { user: 'br:p%40ss@' })
  mailer.send(MAIL)
  expect((await taken()).to).toEqual(['ada@example.org'])
})

test('a refusal for now is tried again', async () => {
  let refusals = 2
  const { mailer, taken } = await startPeer({ onRcptTo: (_address, _session, done) => (refusals-- > 0 ? done(Object.assign(new Error('later'), { responseCode: 451 })) : done()) })
  mailer.send(MAIL)
  expect((await taken()).to).toEqual(['ada@example.org'])
  expect(refusals).toBe(-1)
})

test('a refusal for good is logged once, without whom it was for and what it said', async () => {
  let asked = 0
  const { mailer, taken, log } = await startPeer({
    onRcptTo(_address, _session, done) {
      asked++
      done(Object.assign(new Error('unknown'), { responseCode: 550 }))
    },
  })
  mailer.send(MAIL)
  await expect(taken()).rejects.toThrow('mail not delivered')
  expect(asked).toBe(1)
  expect(log.join()).not.toMatch(/token=abc|ada@/)
})

test('closing ends the wait for the next attempt', async () => {
  const { mailer, log } = await startPeer({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('later'), { responseCode: 451 })) })
  mailer.send(MAIL)
  await mailer.close()
  expect(log).toHaveLength(1)
})

test('a mail server that is away is left alone; one that refuses a message is not', async () => {
  const { mailer } = await startPeer({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('later'), { responseCode: 451 })) })
  for (let time = 0; time < 3; time++) await expect(mailer.deliver(MAIL)).rejects.toMatchObject({ status: 451 })
  expect(mailer.breaker.state).toBe('closed')
  await closers.shift()?.()
  for (let time = 0; time < 2; time++) await expect(mailer.deliver(MAIL)).rejects.toThrow('did not take it')
  await expect(mailer.deliver(MAIL)).rejects.toThrow('CIRCUIT_OPEN')
  await expect(mailer.verify()).rejects.toThrow()
})
