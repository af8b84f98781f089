/** Which actions the names of a rule's `when` mean. */
import { POLICY_ACTIONS, POLICY_EVENTS } from './actions.ts'
import { isLike } from './glob.ts'

/** Everything that `when` may name without a `*`. */
export const WHEN_NAMES: readonly string[] = [...POLICY_ACTIONS, ...Object.keys(POLICY_EVENTS)]

/** Whether a name or glob of `when` means an action: by the action's own name, or by an event that it makes. */
export const meansAction = (pattern: string, action: string): boolean =>
  pattern === action || isLike(action, pattern) || Object.entries(POLICY_EVENTS).some(([event, actions]) => isLike(event, pattern) && (actions as readonly string[]).includes(action))

/** True for an action that changes items of a plan, so that there is an `item` or `before`. */
export const changesItems = (action: string): boolean => /^(plan|sync|template)\./.test(action) || action === 'conflict.resolve' || action === 'comment.promote'
