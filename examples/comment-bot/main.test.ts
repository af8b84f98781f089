import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test } from 'vitest'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { startServer } from '../../sdk/test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()
const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl, projectId })
const folder = await mkdtemp(join(tmpdir(), 'comment-bot-'))
afterAll(() => rm(folder, { recursive: true }))

const env = { ...process.env, BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: apiUrl, BUILDRUNNER_PROJECT_ID: projectId, BOT_STATE: join(folder, 'state.json') }
const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) await stop(child, 'SIGKILL')
})

function start(): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=@buildrunner/source', fileURLToPath(new URL('main.ts', import.meta.url))], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  return child
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  return ((await ended) as [number | null])[0]
}

async function said(child: ChildProcess, text: string): Promise<void> {
  let output = ''
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) if ((output += String(chunk)).includes(text)) return
  throw new Error(`the bot ended without saying ${JSON.stringify(text)}: ${output}`)
}

const ask = async (itemId: string, body: string): Promise<string> => (await client.comments.add({ itemId, body }).orThrow()).comment.id
const answers = async (commentId: string): Promise<(string | null)[]> => (await client.comments.replies({ commentId }).toArray()).map(({ body }) => body)

test('it answers who mentions it, and nobody else', async () => {
  const bot = start()
  await said(bot, '@buildbot listens')
  const other = await ask('T-12', 'Is this done? @ada')
  const status = await ask('T-12', 'Hi @BuildBot, status please')
  await said(bot, 'answered on T-12')
  expect(await answers(status)).toEqual(['50 % of the plan are done: 1 of 2. 1 can start, 0 wait.'])
  expect(await answers(other)).toEqual([])
  expect(await stop(bot, 'SIGTERM')).toBe(0)
})

test('it answers what was asked while it was stopped, once, also when it is killed', async () => {
  const questions = [await ask('T-12', '@buildbot next'), await ask('T-12', '@buildbot why'), await ask('M-1', '@buildbot sing')]
  const bot = start()
  await said(bot, 'answered on')
  await stop(bot, 'SIGKILL')
  const again = start()
  const last = await ask('M-1', '@buildbot dance')
  await said(again, 'understand')
  await expect.poll(() => answers(last)).toHaveLength(1)
  expect(await Promise.all(questions.map(answers))).toEqual([['Next: `T-12`.'], ['`T-12` waits for nothing.'], ['I understand `status`, `next` and `why`.']])
})
