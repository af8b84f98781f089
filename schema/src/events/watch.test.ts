import { subscribe, parse } from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { schema } from '../schema.ts'
import { samplePlan } from '../testing/plans.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { createEventReader } from './reader.ts'
import type { EventMessage } from './reader.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const WATCH = parse('subscription ($projectId: ID!, $since: Int) { projectEvents(projectId: $projectId, since: $since) { sequence gap event { sequence kind actor data } } }')
const STATUSES = ['DONE', 'BLOCKED', 'IN_PROGRESS']
const SET = 'mutation ($input: SetStatusInput!) { setStatus(input: $input) { __typename ... on Error { message } } }'

type Message = { sequence: number; gap: number | null; event: { sequence: number; kind: string } | null }

async function watch(variableValues: Record<string, unknown>, contextValue: Context = workspace.context()): Promise<AsyncGenerator<Message>> {
  const result = await subscribe({ schema, document: WATCH, variableValues, contextValue })
  if (!(Symbol.asyncIterator in result)) throw result.errors?.[0]?.originalError ?? result.errors?.[0] ?? new Error('no errors')
  return (async function* () {
    try {
      for await (const { data, errors } of result) {
        if (errors) throw errors[0]
        yield data!['projectEvents'] as Message
      }
    } finally {
      await result.return(undefined)
    }
  })()
}

async function take(messages: AsyncIterator<{ sequence: number }>, count: number): Promise<number[]> {
  const sequences: number[] = []
  while (sequences.length < count) sequences.push((await messages.next()).value.sequence)
  return sequences
}

/** Writes `count` events: a status that is set to what it is writes none. */
let writes = 0
async function write(projectId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const { data } = await workspace.run<any>(SET, { input: { projectId, id: 'm1.s1.k1', status: STATUSES[writes++ % 3] } })
    expect(data.setStatus).toEqual({ __typename: 'SetStatusPayload' })
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A project whose log stands at 2. */
let projects = 0
const newProject = (): Promise<string> => workspace.project(`watched-${++projects}`, samplePlan(1, 1, 1))
const streamOf = async (slug: string): Promise<string> => (await workspace.pool.query('SELECT id FROM projects WHERE slug = $1', [slug])).rows[0].id

describe('projectEvents', () => {
  test('begins with its place, then delivers what happens, at once', async () => {
    const slug = await newProject()
    const messages = await watch({ projectId: slug })
    expect((await messages.next()).value).toEqual({ sequence: 2, event: null, gap: null })
    await write(slug, 2)
    expect((await messages.next()).value).toEqual({ sequence: 3, gap: null, event: { sequence: 3, kind: 'plan.changed', actor: expect.stringMatching(/^usr_/), data: expect.objectContaining({ changes: expect.any(Array) }) } })
    expect(await take(messages, 1)).toEqual([4])
    await messages.return(undefined)
  })

  test('replays from `since`, across pages, and goes on live without a seam', async () => {
    const slug = await newProject()
    await write(slug, 60)
    const messages = await watch({ projectId: slug, since: 0 })
    const writing = write(slug, 60)
    expect(await take(messages, 123)).toEqual([0, ...range(1, 122)])
    await writing
    await messages.return(undefined)
  })

  test('says which events are gone, then delivers the rest', async () => {
    const slug = await newProject()
    await write(slug, 4)
    const id = await streamOf(slug)
    await workspace.pool.query('WITH cut AS (UPDATE event_streams SET cut_at = 4 WHERE id = $1) DELETE FROM runner_events WHERE stream_id = $1 AND sequence <= 4', [id])
    const messages = await watch({ projectId: slug, since: 1 })
    const read = [(await messages.next()).value, (await messages.next()).value, (await messages.next()).value, (await messages.next()).value] as Message[]
    expect(read.map(({ sequence, gap, event }) => [sequence, gap, event?.sequence ?? null])).toEqual([[1, null, null], [4, 4, null], [5, null, 5], [6, null, 6]])
    await messages.return(undefined)
  })

  test('a follower before whom history is cut while it waits gets a gap, not silence', async () => {
    const slug = await newProject()
    const id = await streamOf(slug)
    // nobody announces here: the writer, the cut and the reader meet only in the database
    const reader = createEventReader({ db: workspace.services.db, channel: { publish: () => {}, subscribe: () => () => {} }, tailMs: 5 })
    const follower = reader.follow(id, 2, 2)
    expect(await take(follower, 1)).toEqual([2])
    const client = await workspace.pool.connect()
    await client.query('BEGIN')
    await client.query("INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data) SELECT stream_id, n, organisation_id, kind, actor_id, origin, request_id, data FROM runner_events, generate_series(3, 6) n WHERE stream_id = $1 AND sequence = 2", [id])
    await client.query('DELETE FROM runner_events WHERE stream_id = $1 AND sequence <= 5', [id])
    await client.query('UPDATE event_streams SET sequence = 6, cut_at = 5 WHERE id = $1', [id])
    await client.query('COMMIT')
    client.release()
    expect((await follower.next()).value).toEqual({ sequence: 5, event: null, gap: 5 })
    expect((await follower.next()).value).toMatchObject({ sequence: 6, event: { sequence: 6 } })
    await follower.return()
  })

  test.each([
    ['a negative sequence', { since: -1 }, 'VALIDATION_FAILED'],
    ['a sequence that does not exist yet', { since: 99 }, 'VALIDATION_FAILED'],
    ['a project that is not there', { projectId: 'nowhere' }, 'NOT_FOUND'],
  ])('refuses %s', async (_, variables, code) => {
    await expect(watch({ projectId: await newProject(), ...variables })).rejects.toMatchObject({ code })
  })

  test('is refused without a key, without permission, to another organisation and to a key that is bound to another project', async () => {
    const slug = await newProject()
    const { actor } = workspace
    const other = await streamOf(await newProject())
    const refused = async (ctx: Context, projectId = slug): Promise<unknown> => watch({ projectId }, ctx).then(() => null, ({ code }) => code)
    expect(await refused(workspace.context(null))).toBe('UNAUTHENTICATED')
    expect(await refused(workspace.context({ ...actor, scopes: new Set(['projects.read']) }))).toBe('FORBIDDEN')
    expect(await refused(workspace.context((await workspace.stranger()).actor), await streamOf(slug))).toBe('NOT_FOUND')
    expect(await refused(workspace.context({ ...actor, projectId: other }))).toBe('NOT_FOUND')
    expect(await refused(workspace.context({ ...actor, projectId: await streamOf(slug) }))).toBeNull()
  })

  test("never delivers another organisation's events", async () => {
    const slug = await newProject()
    const stranger = workspace.context((await workspace.stranger()).actor)
    await workspace.run('mutation { createProject(input: { name: "Theirs", slug: "theirs" }) { __typename } }', {}, stranger)
    const theirs = await watch({ projectId: 'theirs', since: 0 }, stranger)
    expect(await take(theirs, 2)).toEqual([0, 1])
    await write(slug, 3)
    await workspace.run('mutation { importPlan(input: { projectId: "theirs", document: { version: 1, project: { name: "T" }, milestones: [] } }) { __typename ... on Error { message } } }', {}, stranger)
    const next = (await theirs.next()).value as Message
    expect([next.sequence, next.event?.kind]).toEqual([2, 'plan.changed'])
    await theirs.return(undefined)
  })

  test('ends within its next second when the key is revoked', async () => {
    const { actor } = await workspace.stranger()
    const ctx = workspace.context(actor)
    await workspace.run('mutation { createProject(input: { name: "Brief", slug: "brief" }) { __typename } }', {}, ctx)
    const messages = await watch({ projectId: 'brief' }, ctx)
    await messages.next()
    const before = workspace.services.log.count()
    await workspace.pool.query('UPDATE api_keys SET enabled = false WHERE id = $1', [actor.apiKeyId])
    await expect(messages.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(workspace.services.log.count().followers).toBe(before.followers - 1)
  })
})

test('ends when the key is narrowed to what does not reach it: what a key may do is asked, not only whether it stands', async () => {
  const slug = await newProject()
  const member = await addPerson(workspace, { name: 'Kim' })
  const messages = await watch({ projectId: slug }, workspace.context((await workspace.services.credentials.verify(member.apiKey))!))
  await messages.next()
  await workspace.pool.query("UPDATE api_keys SET scopes = '{comments.read}' WHERE user_id = $1", [member.userId])
  await expect(messages.next()).rejects.toMatchObject({ code: 'FORBIDDEN', permission: 'planner.read' })
})

test('more roles do not end a subscription; losing the one that reads does', async () => {
  const slug = await newProject()
  const member = await addPerson(workspace, { name: 'Max' })
  const actor = (await workspace.services.credentials.verify(member.apiKey))!
  const messages = await watch({ projectId: slug }, workspace.context(actor))
  await messages.next()
  const isAsked = (): boolean => workspace.takeStatements().some((text) => text.includes('k.id = ANY'))
  await workspace.pool.query("INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, 'PM')", [await streamOf(slug), member.organisationId, member.userId])
  workspace.takeStatements()
  await expect.poll(isAsked, { timeout: 5_000 }).toBe(true)
  await write(slug, 1)
  expect((await messages.next()).value).toMatchObject({ event: { kind: 'plan.changed' } })
  await workspace.pool.query('DELETE FROM members WHERE user_id = $1', [member.userId])
  await expect(messages.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

describe('the reader', () => {
  test('reads a batch of events once, however many follow', async () => {
    const slug = await newProject()
    const all = await Promise.all(Array.from({ length: 50 }, () => watch({ projectId: slug })))
    for (const messages of all) await messages.next()
    await write(slug, 1)
    await Promise.all(all.map((messages) => messages.next()))
    workspace.takeStatements()
    await write(slug, 3)
    for (const messages of all) expect(await take(messages, 3)).toEqual([4, 5, 6])
    const reads = workspace.takeStatements().filter((text) => text.includes('FROM event_streams s WHERE s.id'))
    expect(reads.length).toBeGreaterThanOrEqual(1)
    expect(reads.length).toBeLessThanOrEqual(3)
    await Promise.all(all.map((messages) => messages.return(undefined)))
  })

  test('one that reads slowly keeps a bounded queue, and gets every event', async () => {
    const slug = await newProject()
    const id = await streamOf(slug)
    const { log } = workspace.services
    const [fast, slow] = [log.follow(id, 2, 2), log.follow(id, 2, 2)]
    await take(fast, 1)
    await take(slow, 1)
    const writing = write(slug, 320)
    expect(await take(fast, 320)).toEqual(range(3, 322))
    await writing
    workspace.takeStatements()
    expect(await take(slow, 320)).toEqual(range(3, 322))
    // 200 had waited; 120 were read again, fifty at a time
    const reads = workspace.takeStatements().filter((text) => text.includes('FROM event_streams s WHERE s.id'))
    expect(reads.length).toBeGreaterThanOrEqual(3)
    expect(reads.length).toBeLessThanOrEqual(5)
    await Promise.all([fast.return(), slow.return()])
  })

  test('finds what nobody announced in the tail', async () => {
    const id = await streamOf(await newProject())
    const deaf = createEventReader({ db: workspace.services.db, channel: { publish: () => {}, subscribe: () => () => {} }, tailMs: 5 })
    const follower = deaf.follow(id, 2, 2)
    await take(follower, 1)
    await write('watched-' + projects, 2)
    expect(await take(follower, 2)).toEqual([3, 4])
    await follower.return()
  })

  test('goes on after the database was away', async () => {
    const slug = await newProject()
    const id = await streamOf(slug)
    let away = false
    const { db } = workspace.services
    const query: typeof db.query = (statement, values) => (away ? Promise.reject(new Error('away')) : db.query(statement, values))
    const reader = createEventReader({ db: { ...db, query }, channel: workspace.services.events as never, tailMs: 5 })
    const follower = reader.follow(id, 2, 2)
    await take(follower, 1)
    away = true
    await write(slug, 2)
    const next = take(follower, 2)
    away = false
    expect(await next).toEqual([3, 4])
    await follower.return()
  })

  test('1,000 that come and go, half of them while they wait, leave no reader, listener or timer', async () => {
    const slug = await newProject()
    const listeners = new Set<unknown>()
    const channel = { publish: () => {}, subscribe: (listener: unknown) => (listeners.add(listener), () => void listeners.delete(listener)) }
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const log = createEventReader({ db: workspace.services.db, channel })
    const ctx: Context = { ...workspace.context(), log }
    for (let index = 0; index < 1_000; index++) {
      const messages = await subscribe({ schema, document: WATCH, variableValues: { projectId: slug }, contextValue: ctx })
      if (!(Symbol.asyncIterator in messages)) throw messages.errors?.[0]
      if (index % 4 > 0) await messages.next()
      if (index % 4 > 1) expect(listeners.size).toBe(1)
      const waiting = index % 4 > 2 ? messages.next() : null
      await messages.return(undefined)
      if (waiting) expect(await waiting).toMatchObject({ done: true })
    }
    expect([log.count(), listeners.size]).toEqual([{ streams: 0, followers: 0 }, 0])
    expect(timers()).toBeLessThanOrEqual(before)
  })

  test('closing it ends every follower with an error that says to come again', async () => {
    const log = createEventReader({ db: workspace.services.db, channel: { publish: () => {}, subscribe: () => () => {} } })
    const follower = log.follow(await streamOf(await newProject()), 2, 2)
    const waiting: Promise<IteratorResult<EventMessage, void>> = follower.next().then(() => follower.next())
    log.close()
    await expect(waiting).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(log.count()).toEqual({ streams: 0, followers: 0 })
  })
})
