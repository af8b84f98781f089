/** Following some kinds of events only, and being pushed to. */
import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import type { Follower } from './follower.ts'
import { parseKinds } from './kinds.ts'
import type { EventMessage } from './reader.ts'
import { watchEvents } from './service.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

let projects = 0
const newProject = (): Promise<string> => workspace.project(`kinds-${++projects}`, samplePlan(1, 1, 1))

/** Adds events to the log as they are: what their kinds are is all that counts here. */
async function append(slug: string, kinds: readonly string[]): Promise<void> {
  const { rows } = await workspace.pool.query('SELECT id FROM projects WHERE slug = $1', [slug])
  const { id } = rows[0] as { id: string }
  await workspace.pool.query(`WITH head AS (UPDATE event_streams SET sequence = sequence + cardinality($2::text[]) WHERE id = $1 RETURNING sequence - cardinality($2::text[]) AS before)
    INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
    SELECT e.stream_id, head.before + k.n, e.organisation_id, k.kind, e.actor_id, e.origin, e.request_id, '{}' FROM runner_events e, head, unnest($2::text[]) WITH ORDINALITY k(kind, n) WHERE e.stream_id = $1 AND e.sequence = 1`, [id, kinds])
  workspace.services.events.publish(id, (await workspace.pool.query('SELECT sequence FROM event_streams WHERE id = $1', [id])).rows[0].sequence as number)
}

const watch = (slug: string, options: { since?: number; kinds?: string[] } = {}): Promise<Follower> => watchEvents(workspace.context(), slug, options)
const shown = ({ sequence, event }: EventMessage): string => `${sequence} ${event?.kind ?? '-'}`
async function take(follower: Follower, count: number): Promise<string[]> {
  const messages: string[] = []
  while (messages.length < count) messages.push(shown((await follower.next()).value as EventMessage))
  return messages
}

describe('kinds', () => {
  test.each<[string[], string, boolean]>([
    [['plan.changed'], 'plan.changed', true],
    [['plan.changed'], 'plan.changed_twice', false],
    [['comment.*'], 'comment.added', true],
    [['comment.*'], 'comments.added', false],
    [['comment.*', 'plan.changed'], 'plan.changed', true],
  ])('%j and %s: %s, here and in the database', async (patterns, kind, matches) => {
    const kinds = parseKinds(patterns)!
    expect(kinds.matches(kind)).toBe(matches)
    expect((await workspace.pool.query('SELECT $1::text LIKE ANY($2::text[]) AS matches', [kind, kinds.like])).rows).toEqual([{ matches }])
  })

  test.each([[[]], [['']], [['*']], [['comment*']], [['Comment.added']], [["x' OR 1"]], [Array.from({ length: 21 }, () => 'a.b')]])('%j is refused', (patterns) => {
    expect(() => parseKinds(patterns)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }))
  })

  test('choose the events, replayed and live; sequences skip, and resuming after any of them misses nothing', async () => {
    const slug = await newProject()
    await append(slug, ['comment.added', 'plan.changed', 'comment.edited', 'plan.changed'])
    const comments = await watch(slug, { since: 0, kinds: ['comment.*'] })
    expect(await take(comments, 3)).toEqual(['0 -', '3 comment.added', '5 comment.edited'])
    await append(slug, ['plan.changed', 'comment.deleted', 'plan.changed'])
    expect(await take(comments, 1)).toEqual(['8 comment.deleted'])
    const resumed = await watch(slug, { since: 5, kinds: ['comment.*'] })
    expect(await take(resumed, 2)).toEqual(['5 -', '8 comment.deleted'])
    await Promise.all([comments.return(), resumed.return()])
  })

  test('who passes over a hundred events is told where it stands, replaying and live', async () => {
    const slug = await newProject()
    await append(slug, Array.from({ length: 130 }, () => 'plan.changed'))
    const comments = await watch(slug, { since: 0, kinds: ['comment.*'] })
    expect(await take(comments, 2)).toEqual(['0 -', '132 -'])
    await append(slug, Array.from({ length: 99 }, () => 'plan.changed'))
    await append(slug, ['plan.changed'])
    expect(await take(comments, 1)).toEqual(['232 -'])
    await comments.return()
  })

  test('pages that nothing matches cost one statement', async () => {
    const slug = await newProject()
    await append(slug, Array.from({ length: 1_000 }, () => 'plan.changed'))
    workspace.takeStatements()
    const comments = await watch(slug, { since: 0, kinds: ['comment.*'] })
    expect(await take(comments, 2)).toEqual(['0 -', '1002 -'])
    expect(workspace.takeStatements().filter((text) => text.includes('LIKE ANY'))).toHaveLength(1)
    await comments.return()
  })
})

describe('pushing', () => {
  test('hands over the same objects to all, in one read, and reads for itself who was full', async () => {
    const slug = await newProject()
    const room = { open: Infinity, part: 2 }
    const sinks = await Promise.all((['open', 'part'] as const).map(async (name) => {
      const follower = await watch(slug)
      const got: EventMessage[] = []
      const push = (messages: readonly EventMessage[]): number => {
        const taken = Math.min(messages.length, room[name])
        room[name] -= taken
        got.push(...messages.slice(0, taken))
        return taken
      }
      follower.pushTo({ push, end: () => {} })
      return { follower, got }
    }))
    const [open, part] = sinks as [typeof sinks[0], typeof sinks[0]]
    await append(slug, ['a.b', 'a.c', 'a.d'])
    await expect.poll(() => open.got.map(shown)).toEqual(['2 -', '3 a.b', '4 a.c', '5 a.d'])
    expect(part.got.map(shown)).toEqual(['2 -', '3 a.b'])
    expect(part.got[1]).toBe(open.got[1])
    await append(slug, ['a.e'])
    await expect.poll(() => open.got.length).toBe(5)
    expect(part.got).toHaveLength(2)
    room.part = 10
    part.follower.resume()
    await expect.poll(() => part.got.map(shown)).toEqual(['2 -', '3 a.b', '4 a.c', '5 a.d', '6 a.e'])
    for (const { follower } of sinks) void follower.return()
  })

  test('the statements of an event do not grow with those who follow it', async () => {
    const slug = await newProject()
    // a stream that nobody followed yet is read once when somebody does
    const standing = await watch(slug)
    expect(await take(standing, 1)).toEqual(['2 -'])
    const statementsOf = async (followers: number): Promise<number> => {
      const all = await Promise.all(Array.from({ length: followers }, () => watch(slug)))
      const got = all.map(() => 0)
      all.forEach((follower, index) => follower.pushTo({ push: (messages) => (got[index]! += messages.length, messages.length), end: () => {} }))
      await expect.poll(() => got.every((count) => count === 1)).toBe(true)
      workspace.takeStatements()
      await append(slug, ['a.b'])
      await expect.poll(() => got.every((count) => count === 2)).toBe(true)
      for (const follower of all) void follower.return()
      return workspace.takeStatements().filter((text) => text.includes('FROM event_streams s')).length
    }
    // measured again where the look at all streams, once a second, fell into it
    for (const followers of [1, 300]) await expect.poll(() => statementsOf(followers), { timeout: 30_000 }).toBe(1)
    await standing.return()
  })

  test('tells the sink why it ends, also one that comes too late', async () => {
    const slug = await newProject()
    const [early, late] = [await watch(slug), await watch(slug)]
    const ends: unknown[] = []
    const sink = { push: (messages: readonly object[]) => messages.length, end: (error?: Error) => void ends.push(error?.message) }
    early.pushTo(sink)
    for (const follower of [early, late]) follower.fail(new Error('over'))
    late.pushTo(sink)
    expect(ends).toEqual(['over', 'over'])
  })
})
