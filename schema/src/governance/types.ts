import type { PolicyProblem } from '@buildrunner/sdk/policy'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { PersonType } from '../identity/types.ts'
import type { ItemNode } from '../plans/nodes.ts'
import { Microstep, Milestone, Step } from '../plans/types.ts'
import { batched } from '../shared/batch.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { approvalsByUuid, openApprovals } from './approval-reads.ts'
import type { ApprovalRow, DecisionRow, VersionRow } from './rows.ts'

export const PolicyEffectEnum = builder.enumType('PolicyEffect', {
  description: 'What a rule does where it applies.',
  values: {
    BLOCK: { value: 'block', description: 'It refuses.' },
    REQUIRE_APPROVAL: { value: 'require_approval', description: 'It refuses until others have agreed to this very change.' },
    WARN: { value: 'warn', description: 'It lets pass, and says something.' },
    NOTIFY: { value: 'notify', description: 'It lets pass, and tells others.' },
  } as const,
})

export const PolicyProblemType = builder.objectRef<PolicyProblem>('PolicyProblem').implement({
  description: 'A fault or remark found in a policy.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; match on this.' }),
    severity: t.exposeString('severity', { description: '`error` or `warning`.' }),
    line: t.exposeInt('line', { description: 'Where it begins, from 1.' }),
    column: t.exposeInt('column', { description: 'From 1, in UTF-16 units.' }),
    endColumn: t.exposeInt('endColumn', { description: 'Where it ends in that line, exclusive.' }),
    pointer: t.exposeString('pointer', { description: 'JSON pointer (RFC 6901) of the offending value.' }),
    message: t.exposeString('message', { description: 'What is wrong.' }),
    remedy: t.exposeString('remedy', { description: 'What to do about it.' }),
    frame: t.exposeString('frame', { description: 'The line, with a caret under the place.' }),
  }),
})

export const PolicyVersionType = builder.objectRef<VersionRow>('PolicyVersion').implement({
  description: "A version of a project's own rules.",
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: ({ projectId }) => encodeNodeId('Project', projectId) }),
    version: t.exposeInt('version', { description: 'Number in the project: 1 for the first.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the text, hex.' }),
    reason: t.exposeString('reason', { description: 'Why it was applied.' }),
    author: t.expose('author', { type: PersonType, description: 'Who applied it.' }),
    current: t.exposeBoolean('current', { description: 'Whether it is in force.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was applied.' }),
  }),
})

export const ApprovalStatusEnum = builder.enumType('ApprovalStatus', {
  description: 'Where an approval stands.',
  values: {
    PENDING: { value: 'pending', description: 'It waits for decisions.' },
    GRANTED: { value: 'granted', description: 'As many agreed as the rule wants: the change can be made once.' },
    REFUSED: { value: 'refused', description: 'Somebody refused; it can be asked for anew.' },
    EXPIRED: { value: 'expired', description: 'It was not decided, or not used, in its time.' },
  } as const,
})

const DecisionEnum = builder.enumType('ApprovalDecisionKind', {
  description: 'What somebody said of a change.',
  values: { GRANTED: { value: 'granted' }, REFUSED: { value: 'refused' } } as const,
})

const ApprovalDecision = builder.objectRef<DecisionRow>('ApprovalDecision').implement({
  description: 'What one person said of a change.',
  fields: (t) => ({
    by: t.expose('by', { type: PersonType, description: 'Who.' }),
    role: t.exposeString('role', { description: 'The role that counted.' }),
    decision: t.field({ type: DecisionEnum, description: 'Agreed, or refused.', resolve: ({ decision }) => decision }),
    comment: t.exposeString('comment', { nullable: true, description: 'What they wrote.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
})

export const Approval = builder.objectRef<ApprovalRow>('Approval')
builder.node(Approval, {
  description: 'Agreement that a rule wants to one change: what is agreed to is what is written, and once.',
  id: { resolve: ({ id }) => id },
  isTypeOf: (value) => 'changeDigest' in (value as object),
  loadMany: (uuids, ctx) => approvalsByUuid(ctx, uuids),
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: ({ projectId }) => encodeNodeId('Project', projectId) }),
    rule: t.exposeString('ruleId', { description: 'Id of the rule; `phase:` and the phase for a gate.' }),
    policyVersion: t.exposeInt('policyVersion', { description: 'The version of the policy that wanted it.' }),
    action: t.exposeString('action', { description: 'What is to be done, as the audit log names it.' }),
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item that changes; null where none does.' }),
    summary: t.exposeString('summary', { description: 'The change in one line.' }),
    reason: t.exposeString('reason', { description: 'Why, in the words of whoever asked.' }),
    requestedBy: t.expose('requestedBy', { type: PersonType, description: 'Who asked. They do not decide about it.' }),
    roles: t.stringList({ description: 'Who may decide: one of these roles.', resolve: ({ roles }) => [...roles] }),
    count: t.exposeInt('count', { description: 'How many people have to agree.' }),
    status: t.field({ type: ApprovalStatusEnum, description: 'Where it stands.', resolve: ({ status }) => status }),
    decisions: t.field({ type: [ApprovalDecision], description: 'What was said, in order.', resolve: ({ decisions }) => [...decisions] }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be decided or, once granted, used.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true, description: 'When it was granted or refused.' }),
    usedAt: t.expose('usedAt', { type: 'DateTime', nullable: true, description: 'When the change was made.' }),
  }),
})

const approvalsOfItem = async (item: ItemNode, ctx: Context): Promise<ApprovalRow[]> =>
  [...((await batched(ctx, `approvals:${item.projectId}`, item.key, (keys) => openApprovals(ctx, item.projectId, keys))) ?? [])]

const description = 'Agreement to changes of it that waits for decisions, or was granted and not used yet.'
builder.objectField(Milestone, 'approvals', (t) => t.field({ type: [Approval], description, resolve: (item, _args, ctx) => approvalsOfItem(item, ctx) }))
builder.objectField(Step, 'approvals', (t) => t.field({ type: [Approval], description, resolve: (item, _args, ctx) => approvalsOfItem(item, ctx) }))
builder.objectField(Microstep, 'approvals', (t) => t.field({ type: [Approval], description, resolve: (item, _args, ctx) => approvalsOfItem(item, ctx) }))
