/**
 * A bot that answers comments which mention it, on the server that `npm start` runs:
 *
 *   node --conditions=@buildrunner/source examples/comment-bot/main.ts
 *
 * It remembers the last event that it has dealt with, so that one that was stopped answers what was asked meanwhile; and it answers
 * under a key made of the comment, so that one that was killed between answering and remembering does not answer twice.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { ProjectEvent } from '@buildrunner/sdk'
import { requireConnection } from '../local.ts'
import { answerTo } from './answers.ts'

const NAME = process.env['BOT_NAME'] ?? 'buildbot'
/** Where the last sequence is kept. */
const STATE = process.env['BOT_STATE'] ?? 'comment-bot.json'

/** What a `comment.added` event says. */
interface CommentAdded {
  commentId: string
  itemKey: string | null
  mentions: { kind: 'user' | 'role' | 'team'; name: string }[]
}

const client = new BuildRunnerSDK({ ...(await requireConnection()), clientName: 'comment-bot/1' })

async function remembered(): Promise<number | null> {
  const text = await readFile(STATE, 'utf8').catch(() => undefined)
  return text === undefined ? null : (JSON.parse(text) as { sequence: number }).sequence
}

async function remember(sequence: number): Promise<void> {
  await writeFile(`${STATE}.new`, JSON.stringify({ sequence }))
  await rename(`${STATE}.new`, STATE)
}

async function handle({ kind, data }: ProjectEvent): Promise<void> {
  if (kind !== 'comment.added') return
  const { commentId, itemKey, mentions } = data as CommentAdded
  if (!mentions.some((mention) => mention.kind === 'user' && mention.name.toLowerCase() === NAME.toLowerCase())) return
  const { body } = await client.comments.get({ commentId }).orThrow()
  if (body === null) return // deleted meanwhile
  const answer = await answerTo(client, { name: NAME, body, itemKey })
  await client.comments.reply({ commentId, body: answer }, { idempotencyKey: `comment-bot:${commentId}` }).orThrow()
  console.log(`answered on ${itemKey ?? 'an item that was removed'}: ${answer.split('\n', 1)[0]}`)
}

const watching = client.events.watch({ since: await remembered() })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => watching.close())

try {
  for await (const { sequence, event, gap } of watching) {
    if (event) await handle(event)
    else if (gap === null) console.log(`@${NAME} listens from sequence ${sequence} on`)
    else console.warn(`events up to ${gap} are gone; comments among them stay without an answer`)
    await remember(sequence)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
