/** The errors that a mutation's union can name. Each implements `Error`; `code` is stable. */
import { builder } from '../builder.ts'
import { encodeNodeId } from './ids.ts'
import { ConflictValue, PlanProblemType } from './plan-values.ts'
import type { DomainError } from './errors.ts'
import {
  AlreadyExistsError, ConflictError, ForbiddenError, IdempotencyConflictError, NotFoundError, PlanLimitError, PolicyError, SignInError, UnauthenticatedError, ValidationError,
} from './errors.ts'

const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'Something that a caller can act on.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; match on this.' }),
    message: t.exposeString('message', { description: 'What is wrong and what to do, for people.' }),
    path: t.stringList({ nullable: true, description: 'Where in the input the fault lies.', resolve: (error) => (error.inputPath === null ? null : [...error.inputPath]) }),
  }),
})

builder.objectType(UnauthenticatedError, { name: 'UnauthenticatedError', description: 'The request carries no valid key.', interfaces: [ErrorInterface] })
builder.objectType(NotFoundError, { name: 'NotFoundError', description: 'There is no such thing for this key.', interfaces: [ErrorInterface] })
builder.objectType(AlreadyExistsError, { name: 'AlreadyExistsError', description: 'The name or key is taken.', interfaces: [ErrorInterface] })
builder.objectType(IdempotencyConflictError, { name: 'IdempotencyConflictError', description: 'The idempotency key was used for another request.', interfaces: [ErrorInterface] })
builder.objectType(ForbiddenError, {
  name: 'ForbiddenError',
  description: 'The key lacks a permission.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ permission: t.exposeString('permission', { description: 'The permission that is missing.' }) }),
})
builder.objectType(SignInError, {
  name: 'SignInError',
  description: 'Somebody did not prove who they are, or not in the way that this asks for.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ lockedUntil: t.expose('lockedUntil', { type: 'DateTime', nullable: true, description: 'When signing in is possible again, of ACCOUNT_LOCKED.' }) }),
})
builder.objectType(ValidationError, {
  name: 'ValidationError',
  description: 'An input is at fault.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ problems: t.field({ type: [PlanProblemType], description: 'The faults of a plan; empty for other inputs.', resolve: (error) => [...error.problems] }) }),
})
builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'The thing changed since the caller read it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ conflicts: t.field({ type: [ConflictValue], description: 'What conflicts, with base, local and remote.', resolve: (error) => [...error.conflicts] }) }),
})
builder.objectType(PolicyError, {
  name: 'PolicyError',
  description: 'A rule of the policy refuses (`POLICY_REFUSED`), or wants agreement first (`APPROVAL_REQUIRED`).',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Name of the rule.' }),
    line: t.exposeInt('line', { nullable: true, description: 'Line of the rule in its policy file; null for a rule of the product.' }),
    remedy: t.exposeString('remedy', { nullable: true, description: 'What to do, in the words of the rule.' }),
    satisfiedBy: t.stringList({ description: 'What is missing: a sentence each; empty where the rule tells only by its message.', resolve: (error) => [...error.satisfiedBy] }),
    approvalId: t.id({ nullable: true, description: 'The approval that waits for a decision; null where none was asked for: see `requestApproval`.', resolve: ({ approvalId }) => (approvalId === null ? null : encodeNodeId('Approval', approvalId)) }),
  }),
})

builder.objectType(PlanLimitError, {
  name: 'PlanLimitError',
  description: 'The tier of the organisation holds no more of this.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    limit: t.exposeString('limit', { description: 'What is used up: `seats`, `members` or `projects`.' }),
    upgradeTo: t.exposeString('upgradeTo', { nullable: true, description: 'The tier that holds more; null when none does.' }),
  }),
})

/** What any write can answer with. */
export const WRITE_ERRORS = [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError, PolicyError, IdempotencyConflictError, ConflictError]
/** What a write that creates can answer with. */
export const CREATE_ERRORS = [...WRITE_ERRORS, AlreadyExistsError]
/** What a write can answer with that adds what the tier limits. */
export const LIMITED_ERRORS = [...CREATE_ERRORS, PlanLimitError]
