/** What an event says to people: who did what on which item. Pure; every place where it is shown escapes it in its own way. */
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { StoredEvent } from '../events/reader.ts'
import { PLATFORM } from '../audit/entry.ts'
import type { Priority } from '../notifications/priorities.ts'

export interface MessageFacts {
  readonly event: StoredEvent
  readonly priority: Priority
  readonly project: string
  /** Null where the person is gone. */
  readonly actor: string | null
  /** What the event is about; null where it is about none, or that is gone. */
  readonly item: { readonly key: string; readonly title: string } | null
  /** Text of the comment, where it may be quoted. */
  readonly text: string | null
  /** Where the server is reached. */
  readonly url: string
}

export interface Message {
  /** `Ada commented on` */
  readonly lead: string
  /** `T-12 Write the guide`; null where it is about none. */
  readonly item: string | null
  /** What changed, a line each. */
  readonly lines: readonly string[]
  readonly quote: string | null
  readonly project: string
  readonly priority: Priority
  readonly url: string
}

const MAX_LINES = 5
const MAX_LINE = 100
const MAX_ITEM = 200
const MAX_QUOTE = 300

/** One line of at most so many characters, never ending in half of one. */
export function cut(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = [...line.slice(0, max * 2 + 2)]
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('').trimEnd()}…`
}

const DID: Readonly<Record<string, string>> = {
  'comment.added': 'commented on', 'comment.edited': 'edited a comment on', 'comment.deleted': 'deleted a comment on', 'comment.resolved': 'resolved a thread on', 'comment.reopened': 'reopened a thread on',
  'comment.reacted': 'reacted to a comment on', 'comment.unreacted': 'took a reaction back on', 'comment.attached': 'attached something to a comment on', 'comment.detached': 'removed an attachment from a comment on',
  'comment.promoted': 'made a microstep of a comment on', 'plan.changed': 'changed the plan', 'project.created': 'created the project', 'project.updated': 'changed the project',
  'project.archived': 'archived the project', 'project.restored': 'restored the project', 'webhook.created': 'made a webhook', 'webhook.updated': 'changed a webhook', 'webhook.deleted': 'deleted a webhook',
  'qa.run.recorded': 'ran checks', 'evidence.recorded': 'confirmed, or refused, a criterion of', 'preview.recorded': 'recorded a preview of',
  'webhook.disabled': 'disabled a webhook', 'webhook.replayed': 'sent deliveries of a webhook again', 'webhook.tested': 'tries this webhook: it works',
}

const shown = (value: unknown): string => (value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value))

function lineOf(change: PlanChange): string {
  switch (change.op) {
    case 'add':
      return `added the ${change.kind} ${change.item.id} ${change.item.title}`
    case 'update':
      return `${change.id}: ${Object.entries(change.set).map(([field, value]) => `${field} is ${shown(value)}`).join(', ')}`
    case 'move':
      return `moved ${change.id}`
    case 'remove':
      return `removed ${change.id}`
    case 'rename':
      return `renamed ${change.id} to ${change.to}`
    case 'head':
      return 'changed the head of the plan'
  }
}

interface RunData {
  readonly passed: number
  readonly failed: number
  readonly errored: number
  readonly regressions: readonly { readonly itemKey: string; readonly criterion: string }[]
}

const runLines = ({ passed, failed, errored, regressions }: RunData): string[] => [
  `${passed} passed, ${failed} failed, ${errored} could not be carried out`,
  ...regressions.slice(0, MAX_LINES - 1).map(({ itemKey, criterion }) => cut(`${itemKey}: ${criterion} had passed before`, MAX_LINE)),
]

function linesOf({ kind, data }: StoredEvent): string[] {
  if (kind === 'qa.run.recorded') return runLines(data as RunData)
  if (kind !== 'plan.changed') return []
  const { changes } = data as { changes: readonly PlanChange[] }
  const lines = changes.slice(0, MAX_LINES).map((change) => cut(lineOf(change), MAX_LINE))
  return changes.length > MAX_LINES ? [...lines, `and ${changes.length - MAX_LINES} more`] : lines
}

function didOf({ kind, data }: StoredEvent): string {
  const isAnswer = kind === 'comment.added' && (data as { parentId: string | null }).parentId !== null
  return isAnswer ? 'answered a comment on' : (DID[kind] ?? kind)
}

export function messageOf({ event, priority, project, actor, item, text, url }: MessageFacts): Message {
  const who = event.actor === PLATFORM ? 'BuildRunner' : cut(actor ?? 'Somebody', 100)
  const about = item === null ? (event.kind.startsWith('comment.') ? 'an item that was removed' : null) : cut(`${item.key} ${item.title}`, MAX_ITEM)
  return { lead: `${who} ${didOf(event)}`, item: about, lines: linesOf(event), quote: text === null ? null : cut(text, MAX_QUOTE), project: cut(project, 100), priority, url }
}
