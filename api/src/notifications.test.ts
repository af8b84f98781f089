import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { addPerson } from '@buildrunner/schema/testing/people'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { pino } from 'pino'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { createSmtpMailer } from './adapters/smtp.ts'
import { createHttpServer } from './server.ts'

const logger = pino({ level: 'silent' })

/** A mail server that refuses the first message for now. */
async function mailServer(): Promise<{ port: number; received: Promise<Email>; refused: () => number; close(): Promise<void> }> {
  const { promise: received, resolve } = Promise.withResolvers<Email>()
  let refusals = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        if (refusals++ === 0) return done(Object.assign(new Error('try again'), { responseCode: 451 }))
        resolve(await PostalMime.parse(Buffer.concat(chunks)))
        done()
      })()
    },
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { port: (server.server.address() as AddressInfo).port, received, refused: () => refusals - 1, close: () => new Promise((closed) => server.close(() => closed())) }
}

test('a mention reaches its person by mail, from a server that refused it at first, and one click ends the mails', async () => {
  const workspace = await createTestWorkspace()
  const smtp = await mailServer()
  const mail = createSmtpMailer({ url: `smtp://127.0.0.1:${smtp.port}`, from: 'BuildRunner <noreply@example.com>', logger })
  const { server, close } = await createHttpServer({
    mail, pool: workspace.pool, logger, version: '0.0.0', notifies: true, operator: { ...workspace.services.operator, deliveries: { minMs: 0, maxMs: 1_000, factor: 1, jitter: true, maxAttempts: 5 } },
    migrations: () => Promise.resolve({ state: 'current' as const, applied: [], pending: [], offending: [] }),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await workspace.project('apollo', { version: 1, project: { name: 'Apollo' }, milestones: [{ id: 'm1', title: 'M1', steps: [] }] } as never)
    const { userId } = await addPerson(workspace, { name: 'Bob', email: 'bob@example.com' })
    const said = await fetch(`${url}/api/comments`, {
      method: 'POST', headers: { authorization: `Bearer ${workspace.apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ project_id: 'apollo', item_id: 'm1', body: '@bob look' }),
    })
    expect(said.status).toBe(201)

    const received = await smtp.received
    expect(smtp.refused()).toBe(1)
    expect(received).toMatchObject({ subject: '[Acme] Ada mentioned you on m1', to: [{ address: 'bob@example.com' }] })
    const header = (name: string): string | undefined => received.headers.find(({ key }) => key === name)?.value
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const link = header('list-unsubscribe')?.slice(1, -1) as string

    const settings = async (): Promise<unknown[]> => (await workspace.pool.query('SELECT low, normal, high, urgent FROM notification_settings WHERE user_id = $1', [userId])).rows
    const page = await fetch(link)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')])
    expect(await settings()).toEqual([])
    const clicked = await fetch(link, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' })
    expect(clicked.status).toBe(200)
    expect(await settings()).toEqual([{ low: 'OFF', normal: 'OFF', high: 'OFF', urgent: 'OFF' }])
    expect((await fetch(link.replace('token=', 'token=x'), { method: 'POST' })).status).toBe(404)
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(405)
  } finally {
    await close()
    await mail.close()
    await smtp.close()
  }
})
