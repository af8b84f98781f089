import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Context } from '../context.ts'
import { createEventChannel } from '../events/channel.ts'
import { addComment, replyToComment, resolveComment } from '../comments/service.ts'
import { revokeKeyById } from '../keys/service.ts'
import { setProjectRole } from '../organisations/members.ts'
import { recordRun } from '../qa/service.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { createDispatcher, dispatchBacklog } from './dispatcher.ts'
import type { EventConsumer } from './dispatcher.ts'
import { notify } from './notify.ts'
import { memberStreamId } from './stream.ts'

const workspace = await createTestWorkspace()
const { services, pool, run } = workspace
const { db, clock } = services
const { organisationId } = workspace.actor

const item = (id: string) => ({ id, title: id, status: 'todo' as const })
const PLAN = { version: 1, project: { name: 'Apollo' }, milestones: [{ id: 'm1', title: 'M1', steps: [{ id: 's1', title: 'S1', microsteps: [item('k1'), item('k2')] }] }] }
await workspace.project('apollo', PLAN as never)
const projectId = (await pool.query<{ id: string }>(`SELECT id FROM projects WHERE slug = 'apollo'`)).rows[0]?.id as string
await pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [organisationId])

/** Somebody in the project, with a request of theirs. */
async function person(name: string, inProject = true): Promise<Context> {
  const { apiKey } = await addPerson(workspace, { name, ...(inProject && { projects: { [projectId]: 'Contributor' } }) })
  return workspace.context((await services.credentials.verify(apiKey)) as Actor)
}
const userOf = (ctx: Context): string => ctx.actor?.userId as string
const [ada, bob, cleo, dan] = [workspace.context(), await person('Bob'), await person('Cleo'), await person('Dan')]
await person('Eve', false)

const errors: unknown[] = []
const dispatcher = (...consumers: EventConsumer[]) =>
  createDispatcher({ db, channel: createEventChannel(), clock, consumers: consumers.length === 0 ? [notify] : consumers, onError: (error) => errors.push(error), batchSize: 5 })

/** Dispatches, and answers who was told of what since the last call: `<name> <reason> <priority>`. */
async function told(): Promise<string[]> {
  await dispatcher().run()
  const { rows } = await pool.query<{ name: string; reason: string; priority: string }>(
    `WITH taken AS (UPDATE notifications SET emailed_at = coalesce(emailed_at, now()), key_name = coalesce(key_name, '') || '!' WHERE key_name IS NULL OR key_name NOT LIKE '%!' RETURNING *)
     SELECT u.name, t.reason, t.priority FROM taken t JOIN users u ON u.id = t.user_id ORDER BY u.name, t.priority::text`,
  )
  return rows.map(({ name, reason, priority }) => `${name} ${reason} ${priority}`)
}
const set = (ctx: Context, subject: string, level: 'WATCHING' | 'MUTED' | null): Promise<unknown> =>
  level === null
    ? pool.query('DELETE FROM interests WHERE project_id = $1 AND subject = $2 AND user_id = $3', [projectId, subject, userOf(ctx)])
    : pool.query(
        `INSERT INTO interests (project_id, subject, user_id, organisation_id, level) VALUES ($1, $2, $3, $4, $5::interest_level) ON CONFLICT (project_id, subject, user_id) DO UPDATE SET level = excluded.level`,
        [projectId, subject, userOf(ctx), organisationId, level],
      )
const changed = async (changes: object[]): Promise<void> => {
  const { rows } = await pool.query<{ sequence: number }>('SELECT sequence FROM event_streams WHERE id = $1', [projectId])
  const result = await run<Record<string, { __typename: string }>>(
    'mutation ($input: SyncPlanInput!) { syncPlan(input: $input) { __typename ... on Error { message } } }', { input: { projectId: 'apollo', baseSequence: rows[0]?.sequence, changes } })
  expect(result.data?.['syncPlan'], JSON.stringify(result)).toMatchObject({ __typename: 'SyncPlanPayload' })
}

test('the stream of a member is a UUID of version 5 of organisation and person', () => {
  expect(memberStreamId(organisationId, userOf(bob))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(memberStreamId(organisationId, userOf(bob))).toBe(memberStreamId(organisationId, userOf(bob)))
  expect(memberStreamId(userOf(bob), organisationId)).not.toBe(memberStreamId(organisationId, userOf(bob)))
})

describe('who is told', () => {
  test('those who are mentioned, and nobody outside the project, nor whoever wrote it', async () => {
    await told()
    await addComment(bob, { projectId, itemId: 'k1', body: '@cleo @eve @bob look' })
    expect(await told()).toEqual(['Cleo MENTION HIGH'])
    await addComment(bob, { projectId, itemId: 'k2', body: '@role:Contributor look' })
    expect(await told()).toEqual(['Cleo MENTION HIGH', 'Dan MENTION HIGH'])
  })

  test('the author of what is answered, who took part, and who watches the item: each once, by the weightiest reason', async () => {
    await pool.query('DELETE FROM interests')
    const thread = await addComment(bob, { projectId, itemId: 'k1', body: 'one' })
    await replyToComment(cleo, { commentId: thread.commentId, body: 'two' })
    expect(await told()).toEqual(['Bob REPLY NORMAL'])
    await set(ada, 'item:k1', 'WATCHING')
    await replyToComment(dan, { commentId: thread.commentId, body: 'three @cleo' })
    expect(await told()).toEqual(['Ada WATCHING NORMAL', 'Bob REPLY NORMAL', 'Cleo MENTION HIGH'])
    await resolveComment(cleo, { commentId: thread.commentId, resolved: true })
    expect(await told()).toEqual(['Bob AUTHOR LOW'])
  })

  test('watchers, of a status and a removal more than of an edit; what is watched follows a rename and ends with the item', async () => {
    await pool.query('DELETE FROM interests')
    await set(bob, 'item:k2', 'WATCHING')
    await set(cleo, 'project', 'WATCHING')
    await changed([{ op: 'update', id: 'k2', set: { title: 'New' } }])
    expect(await told()).toEqual(['Bob WATCHING LOW', 'Cleo WATCHING LOW'])
    await changed([{ op: 'rename', id: 'k2', to: 'k9' }])
    await changed([{ op: 'update', id: 'k9', set: { status: 'in_progress' } }])
    expect((await told()).filter((line) => line.startsWith('Bob'))).toEqual(['Bob WATCHING LOW', 'Bob WATCHING NORMAL'])
    await changed([{ op: 'add', kind: 'step', parentId: 'm1', after: null, item: { id: 's0', title: 'S0', microsteps: [{ id: 'k7', title: 'K7' }] } }])
    await told()
    await set(bob, 'item:k7', 'WATCHING')
    await changed([{ op: 'remove', id: 's0' }])
    expect(await told()).toEqual(['Bob WATCHING NORMAL', 'Cleo WATCHING NORMAL'])
    expect((await pool.query(`SELECT subject FROM interests WHERE user_id = $1`, [userOf(bob)])).rows).toEqual([{ subject: 'item:k9' }])
  })

  test('watchers of an item or the project, of a check that fails and had passed, unless the code was never committed', async () => {
    await told()
    await set(bob, 'item:s1', 'WATCHING')
    await set(cleo, 'project', 'WATCHING')
    const record = (outcome: 'passed' | 'failed', dirty = false): Promise<unknown> => recordRun(ada, {
      projectId, run: { id: newUuid(), source: 'ci', commit: 'a'.repeat(40), branch: 'main', dirty, startedAt: clock.now() },
      results: [{ item: 's1', criterion: 'C', criterionDigest: 'c'.repeat(64), checkKind: 'command', outcome, durationMs: 1 }],
    })
    for (const [outcome, dirty] of [['failed'], ['passed'], ['failed', true], ['passed']] as const) await record(outcome, dirty)
    expect(await told()).toEqual([])
    for (const outcome of ['failed', 'failed'] as const) await record(outcome)
    expect(await told()).toEqual(['Bob WATCHING HIGH', 'Cleo WATCHING HIGH'])
    const shown = await run<any>('{ notifications(first: 1) { nodes { title itemKey } } }', {}, bob)
    expect(shown.data.notifications.nodes).toEqual([{ title: 'A check of s1 failed that had passed before', itemKey: 's1' }])
    await set(bob, 'item:s1', null)
  })

  test('commenting and being mentioned watch the item, unless it is muted', async () => {
    await pool.query('DELETE FROM interests')
    await set(dan, 'item:k1', 'MUTED')
    await addComment(bob, { projectId, itemId: 'k1', body: '@cleo @dan' })
    expect(await told()).toEqual(['Cleo MENTION HIGH'])
    await addComment(ada, { projectId, itemId: 'k1', body: 'more' })
    expect(await told()).toEqual(['Bob WATCHING NORMAL', 'Cleo WATCHING NORMAL'])
  })

  test('whoever was given a role, and whose key somebody else ended', async () => {
    await setProjectRole(ada, { projectId, userId: encodeNodeId('User', userOf(dan)), role: 'QA' })
    expect(await told()).toEqual(['Dan ROLE NORMAL'])
    const key = (await pool.query<{ id: string }>('SELECT id FROM api_keys WHERE user_id = $1', [userOf(cleo)])).rows[0]?.id as string
    await revokeKeyById(ada, { keyId: key })
    expect(await told()).toEqual(['Cleo KEY HIGH'])
  })
})

describe('the dispatcher', () => {
  const talk = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await addComment(bob, { projectId, itemId: 'k1', body: `@cleo ${n}` })
  }
  const count = async (): Promise<number> => Number((await pool.query<{ count: string }>('SELECT count(*) FROM notifications WHERE user_id = $1', [userOf(cleo)])).rows[0]?.count)

  test('hands each event to its consumers once, in order, though several run at the same time', async () => {
    await told()
    await pool.query('DELETE FROM notifications')
    const seen: number[] = []
    const watch: EventConsumer = async (_db, { projectId: id, events }) => {
      if (id === projectId) seen.push(...events.map(({ sequence }) => sequence))
      return []
    }
    const dispatchers = Array.from({ length: 3 }, () => dispatcher(notify, watch))
    await Promise.all([talk(17), ...dispatchers.map((one) => one.run())])
    await Promise.all(dispatchers.map((one) => one.run()))
    await dispatcher(notify, watch).run()
    expect(seen).toHaveLength(17)
    expect(seen).toEqual(Array.from({ length: 17 }, (_, n) => (seen[0] as number) + n))
    expect(await count()).toBe(17)
    expect(await dispatchBacklog(db)).toBe(0)
  })

  test('does all of a batch again when it died before the commit, and nothing of it when it died after', async () => {
    await talk(3)
    const before = await count()
    const killed: EventConsumer = async (tx, batch) => {
      await notify(tx, batch)
      throw new Error('killed')
    }
    await expect(dispatcher(killed).run()).rejects.toThrow('killed')
    expect([await count(), await dispatchBacklog(db)]).toEqual([before, 3])
    await dispatcher().run()
    await dispatcher().run()
    expect(await count()).toBe(before + 3)
  })

  test('writes the event of a notification into the stream of its person, without a gap', async () => {
    const { rows } = await pool.query<{ sequence: number; head: number }>(
      `SELECT e.sequence, s.sequence AS head FROM event_streams s JOIN runner_events e ON e.stream_id = s.id WHERE s.id = $1 ORDER BY 1`, [memberStreamId(organisationId, userOf(cleo))])
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: rows.length }, (_, n) => n + 1))
    expect(rows[0]?.head).toBe(rows.length)
  })

  test('takes the same statements for one watcher and for many', async () => {
    const watchers = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++) await set(await person(`Watcher${n}`), 'item:k1', 'WATCHING')
    }
    const statements = async (): Promise<number> => {
      await addComment(bob, { projectId, itemId: 'k1', body: 'no mention' })
      workspace.takeStatements()
      await dispatcher().run()
      return workspace.takeStatements().length
    }
    await watchers(0, 1)
    const one = await statements()
    await watchers(1, 30)
    expect(await statements()).toBe(one)
    expect((await told()).filter((line) => line.startsWith('Watcher'))).toHaveLength(31)
  })

  test('lets a stream whose consumer fails wait, and goes on with the others', async () => {
    await workspace.project('gemini')
    await talk(1)
    const failing: EventConsumer = async (_db, batch) => {
      if (batch.projectId === projectId) throw new Error('cannot')
      return []
    }
    await expect(dispatcher(failing).run()).rejects.toThrow('cannot')
    expect(await dispatchBacklog(db)).toBe(1)
    await told()
  })
})

describe('random talk', () => {
  interface Step { readonly do: 'comment' | 'mute' | 'watch' | 'leave' | 'join'; readonly by: number; readonly item: number; readonly mentions: readonly number[] }
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('comment' as const), by: fc.nat(3), item: fc.nat(1), mentions: fc.uniqueArray(fc.nat(3), { maxLength: 2 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('mute', 'watch', 'leave', 'join'), by: fc.nat(3), item: fc.nat(1), mentions: fc.constant([]) }) },
  )

  test('tells exactly those whom a model tells', async () => {
    const keys = ['k1', 'k9']
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await pool.query('DELETE FROM interests')
        await told()
        round++
        const names = Array.from({ length: 4 }, (_, n) => `P${round}x${n}`)
        const people = await Promise.all(names.map((name) => person(name)))
        const inside = new Set([0, 1, 2, 3])
        const level = new Map<string, 'WATCHING' | 'MUTED'>()
        for (const one of steps) {
          const [ctx, key] = [people[one.by] as Context, keys[one.item] as string]
          const subject = `${one.by} ${key}`
          if (one.do === 'mute' || one.do === 'watch') {
            const chosen = one.do === 'mute' ? 'MUTED' : 'WATCHING'
            level.set(subject, chosen)
            await set(ctx, `item:${key}`, chosen)
          } else if (one.do === 'leave') {
            inside.delete(one.by)
            await pool.query('DELETE FROM project_members WHERE user_id = $1', [userOf(ctx)])
          } else if (one.do === 'join') {
            inside.add(one.by)
            await pool.query(`INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, 'Contributor') ON CONFLICT DO NOTHING`, [projectId, organisationId, userOf(ctx)])
          } else {
            const mentioned = one.mentions.filter((n) => inside.has(n))
            const expected = [...inside].filter((n) => n !== one.by && level.get(`${n} ${key}`) !== 'MUTED' && (mentioned.includes(n) || level.get(`${n} ${key}`) === 'WATCHING'))
              .map((n) => `${names[n]} ${mentioned.includes(n) ? 'MENTION HIGH' : 'WATCHING NORMAL'}`)
            // written by somebody whose role was read before it was taken away: what was allowed then
            await addComment(ctx, { projectId, itemId: key, body: ['talk', ...one.mentions.map((n) => `@${names[n]}`)].join(' ') })
            expect(await told()).toEqual(expected.toSorted())
            for (const n of new Set([one.by, ...mentioned])) if (!level.has(`${n} ${key}`)) level.set(`${n} ${key}`, 'WATCHING')
          }
        }
      }),
      { numRuns: 15 },
    )
  })
})
