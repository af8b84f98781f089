/** What the packed SDK must do in every runtime, against the server that `npm start` runs. Bun, Deno and workerd run this file. */
import { BuildRunnerSDK, NotFoundError } from '@buildrunner/sdk'
import { createTestServer } from '@buildrunner/sdk/testing'
import { sign, unwrap } from '@buildrunner/sdk/webhooks'

const check = (what, holds) => {
  if (!holds) throw new Error(`${what} does not hold`)
}

/** @returns one line about what was done; throws where something is not as it must be */
export async function main(options) {
  const client = new BuildRunnerSDK(options)
  const { data, error } = await client.projects.list()
  if (error) throw error
  const slugs = []
  for await (const { slug } of client.projects.list({ first: 1 })) slugs.push(slug)
  check('an iterated list is the list', slugs.length === data.totalCount && slugs.length > 0)

  const missing = await client.projects.get({ projectId: 'there-is-no-such-project' })
  check('an error has its class', missing.error instanceof NotFoundError && missing.error.requestId !== undefined)

  let watched = 'no subscriptions here'
  if (globalThis.WebSocket) {
    for await (const { event } of client.events.watch({ since: 0 })) {
      check('a subscription begins with the first event', event.sequence === 1)
      watched = `watched ${event.kind}`
      break
    }
  }

  const secret = `whsec_${btoa('a secret')}`
  const body = JSON.stringify({ type: 'x', timestamp: 'c', data: { sequence: 1, kind: 'x', version: 1, projectId: 'p', actor: 'a', origin: 'o', requestId: 'r', createdAt: 'c' } })
  check('a signed webhook is accepted', (await unwrap(body, await sign(body, secret), secret)).kind === 'x')
  check('a changed webhook is refused', await unwrap(`${body} `, await sign(body, secret), secret).then(() => false, ({ code }) => code === 'WEBHOOK_SIGNATURE_MISMATCH'))

  const { fetch } = createTestServer({ projects: [{ slug: 'in-memory' }] })
  const inMemory = await new BuildRunnerSDK({ apiKey: 'br_test0000_key', baseUrl: 'http://localhost', fetch }).projects.list().orThrow()
  check('the test server answers', inMemory.projects[0].slug === 'in-memory')
  return `${slugs.length} project listed and iterated, ${missing.error.name}, ${watched}, webhooks, test server`
}
