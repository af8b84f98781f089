/** Names that a rule's `when` may use: actions and events of a project, as data. A test of the server holds them equal to its own. */
import type { PlanChange } from '../plans/types.ts'

/** Actions on a project's stream, as the audit log names them. */
export const POLICY_ACTIONS = [
  'comment.add', 'comment.attach', 'comment.delete', 'comment.detach', 'comment.edit', 'comment.promote', 'comment.react', 'comment.reply',
  'comment.resolve', 'comment.unreact', 'conflict.resolve', 'member.projectRole', 'plan.apply', 'plan.import',
  'plan.microstep.add', 'plan.microstep.delete', 'plan.microstep.move', 'plan.microstep.update',
  'plan.milestone.add', 'plan.milestone.delete', 'plan.milestone.move', 'plan.milestone.update', 'plan.status.set',
  'plan.step.add', 'plan.step.delete', 'plan.step.move', 'plan.step.update', 'plan.sync', 'policy.change', 'project.archive', 'project.create', 'project.update',
  'qa.confirm', 'qa.preview', 'qa.record', 'sync.push', 'webhook.create', 'webhook.delete', 'webhook.replay', 'webhook.rotateSecret', 'webhook.test', 'webhook.update',
] as const

/** One of {@link POLICY_ACTIONS}. */
export type PolicyAction = (typeof POLICY_ACTIONS)[number]

const PLAN_ACTIONS = POLICY_ACTIONS.filter((action) => action.startsWith('plan.'))

/** Kinds of events that a rule may name instead, with the actions that make them. */
export const POLICY_EVENTS: Readonly<Record<string, readonly PolicyAction[]>> = {
  'comment.added': ['comment.add', 'comment.reply'],
  'comment.attached': ['comment.attach'],
  'comment.deleted': ['comment.delete'],
  'comment.edited': ['comment.edit'],
  'comment.reacted': ['comment.react', 'comment.unreact'],
  'comment.resolved': ['comment.resolve'],
  'conflict.resolved': ['conflict.resolve'],
  'plan.changed': PLAN_ACTIONS,
  'policy.changed': ['policy.change'],
  'project.created': ['project.create'],
  'project.updated': ['project.update', 'project.archive'],
}

const actionOf: Readonly<Record<Exclude<PlanChange['op'], 'head'>, string>> = { add: 'add', update: 'update', rename: 'update', move: 'move', remove: 'delete' }

/** What happens to one item in a write; `kind` is the item's. */
export interface ItemChange {
  /** `head`: fields of the plan itself change, and no item. */
  readonly op: PlanChange['op']
  /** Null of `head`. */
  readonly kind: 'milestone' | 'step' | 'microstep' | null
  /** Fields that change. */
  readonly fields: readonly string[]
}

/**
 * The actions that a write is, for one of its changed items: the request itself, and what it does to the item, so that a status
 * set by a push, an import or a batch meets the same rules as one that is set alone.
 *
 * @example
 * ```ts
 * actionsOf('sync.push', { op: 'update', kind: 'microstep', fields: ['status', 'notes'] })
 * // ['sync.push', 'plan.status.set', 'plan.microstep.update']
 * ```
 */
export function actionsOf(request: string, { op, kind, fields }: ItemChange): string[] {
  const actions = new Set([request])
  if (op === 'head' || kind === null) return [...actions, 'project.update']
  const setsStatus = kind === 'microstep' && fields.includes('status')
  if (setsStatus) actions.add('plan.status.set')
  if (op !== 'update' || !setsStatus || fields.length > 1) actions.add(`plan.${kind}.${actionOf[op]}`)
  return [...actions]
}
