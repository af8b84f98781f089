/** Talking about a plan with `br comments`, against the server as `npm start` runs it. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Shop' })
const { br, data } = journey


test('a thread begins, is answered, resolved and opened again, on the project that the plan is linked to', async () => {
  const { comment } = await data('comments', 'add', 'T3', 'Which', 'format? @ada')
  expect(comment).toMatchObject({ itemKey: 'T3', body: 'Which format? @ada', mentions: [{ kind: 'USER', name: 'ada' }] })
  expect(await data('comments', 'reply', comment.id, 'CSV.', '--resolve')).toMatchObject({ resolved: true, comment: { threadId: comment.id } })
  const { stdout } = await br('comments', 'list', 'T3')
  expect(stdout).toMatch(/^T3 {2}1 answer {2}✓ resolved by Administrator, \d{4}-\d\d-\d\d \d\d:\d\d\n {2}Administrator {2}.*cmt_.*\n {4}Which format\? @ada\n {4}Administrator .*\n {6}CSV\.\n$/)
  expect((await data('comments', 'list', 'T3', '--open')).threads).toEqual([])
  await data('comments', 'resolve', comment.id, '--reopen')
  expect((await data('comments', 'list', 'T3', '--open')).threads).toMatchObject([{ id: comment.id, replies: [{ body: 'CSV.' }] }])
})

test('what is said is edited, reacted to, read and deleted, and has a history', async () => {
  const { comment: { id } } = await data('comments', 'add', 'T4', 'First.')
  await data('comments', 'edit', id, 'Second.')
  expect((await data('comments', 'react', id, '🎉')).comment.reactions).toMatchObject([{ emoji: '🎉', count: 1 }])
  await data('comments', 'attach', id, 'https://git.example.com/web/pull/42', '--kind', 'pull-request', '--title', '#42')
  expect((await br('comments', 'list', 'T4')).stdout).toMatch(/Second\.\n {4}#42: https:\/\/git\.example\.com\/web\/pull\/42\n {4}🎉 1\n/)
  expect((await br('comments', 'react', id, '🎉', '--remove')).stdout).toContain('no reactions')
  expect((await br('comments', 'history', id)).stdout).toMatch(/^Administrator .*\n {2}Second\.\nAdministrator .*\n {2}First\.\n$/)
  expect(await data('comments', 'read', id)).toEqual({ unreadComments: 0 })
  expect(await data('comments', 'read', '--all')).toEqual({ unreadComments: 0 })
  expect((await data('comments', 'delete', id, '--yes')).comment.body).toBeNull()
})

test('a comment becomes a microstep, which the next sync brings into the plan file with its origin', async () => {
  const { comment } = await data('comments', 'add', 'T3', 'Errors?')
  const { microstep } = await data('comments', 'promote', comment.id, '--step', 'S1', '--title', 'Handle errors', '--criterion', 'Errors are shown, always', '--id', 'T99')
  expect(microstep).toMatchObject({ key: 'T99', stepKey: 'S1', acceptanceCriteria: [{ text: 'Errors are shown, always' }] })
  expect(await br('comments', 'promote', comment.id, '--step', 'S1', '--title', 'Again')).toMatchObject({ stdout: '', stderr: expect.stringContaining('T99') as string })
  expect(await br('sync')).toMatchObject({ code: 0 })
  expect(readFileSync(join(journey.cwd, 'buildrunner/specs/plan.json'), 'utf8')).toContain(`"x-promotedFrom": "${comment.id}"`)
  await data('plan', 'remove', 'T99', '--yes')
  await br('sync')
})

/** Lines of a running `br comments watch`. */
function watching(...args: string[]): { child: ChildProcess; next(): Promise<string>; stop(): Promise<unknown> } {
  const child = journey.cli.start(['comments', 'watch', ...args], { cwd: journey.cwd })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    child,
    next: async () => String((await lines.next()).value),
    async stop() {
      const ended = once(child, 'close')
      child.kill('SIGINT')
      return ended
    },
  }
}

test('what is said is followed, with its text, a line each', async () => {
  const watch = watching()
  await once(watch.child.stderr!, 'data') // it says that it follows
  const { comment } = await data('comments', 'add', 'T3', 'Is **this**\nseen?')
  await data('comments', 'react', comment.id, '👀')
  expect(await watch.next()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d {2}T3 {2}added {2}Administrator: {2}Is \*\*this\*\* seen\?$/)
  expect(await watch.next()).toMatch(/T3 {2}👀 {2}Administrator: {2}Is/)
  await watch.stop()
})

test('what was said is told as JSON lines, promotions among it and no other change of the plan', async () => {
  const watch = watching('--since', '0', '--json')
  const told: any[] = []
  while (told.at(-1)?.kind !== 'comment.reacted' || told.at(-1).data.emoji !== '👀') told.push(JSON.parse(await watch.next()))
  expect(told.at(-1)).toMatchObject({ comment: { body: 'Is **this**\nseen?', reactions: [{ emoji: '👀' }] } })
  expect(told.filter(({ kind }) => kind === 'plan.changed')).toMatchObject([{ data: { promoted: { microstepKey: 'T99' } }, comment: { body: 'Errors?' } }])
  await watch.stop()
})

test('a text can be piped in, with its lines', async () => {
  const { stdout } = await journey.cli.run(['comments', 'add', 'T4', '--json'], { cwd: journey.cwd, input: 'first\n\n- second\n' })
  expect(JSON.parse(stdout).comment.body).toBe('first\n\n- second')
})

test('comments do not come between a plan and its next sync', async () => {
  expect(await br('sync')).toMatchObject({ code: 0, stdout: expect.stringContaining('file and server are equal') as string })
})

test.each([
  [['comments', 'add', 'T3'], 2, 'no text'],
  [['comments', 'add', 'nope', 'x'], 6, 'nope'],
  [['comments', 'reply', 'cmt_00000000000000000000000000000000', 'x'], 6, 'cmt_0'],
  [['comments', 'list', '--open', '--resolved'], 2, 'exclude'],
])('br %j exits with %i and says why', async (args, code, said) => {
  const result = await br(...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})
