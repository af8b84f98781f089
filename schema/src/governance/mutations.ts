import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { approvalsMade, getApproval } from './approval-reads.ts'
import { approve, refuse, requestApproval } from './approvals.ts'
import type { ApprovalDecided, ApprovalsRequested, DecideApproval } from './approvals.ts'
import { Approval, PolicyVersionType } from './types.ts'
import { applyPolicy, getVersion } from './versions.ts'
import type { PolicyApplied } from './versions.ts'

const sequence = "Sequence of the project's newest event after the write."

const ApplyPolicyInput = builder.inputType('ApplyPolicyInput', {
  description: "A project's rules, and why.",
  fields: (t) => ({
    projectId: projectId(t),
    text: t.string({ required: true, description: 'YAML: the whole of governance/policy.yml.' }),
    reason: t.string({ required: true, description: 'Why: 1 to 500 characters.' }),
    expectedVersion: t.int({ description: 'The version that is replaced, 0 for none: another one in force is a CONFLICT. Default: whatever is in force.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('applyPolicy', (t) =>
  t.field({
    type: builder.objectRef<PolicyApplied>('ApplyPolicyPayload').implement({
      description: 'The rules that are in force now.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', { description: sequence }),
        version: f.field({ type: PolicyVersionType, description: 'The version in force.', resolve: ({ projectId: id, version }, _args, ctx) => getVersion(ctx, id, version) }),
      }),
    }),
    description: "Puts a project's own rules in force, under the next version. The rules before them are asked first, as `policy.change`.",
    extensions: { permission: 'governance.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ApplyPolicyResult' } },
    args: { input: t.arg({ type: ApplyPolicyInput, required: true, description: 'The rules.' }) },
    resolve: (_root, { input }, ctx) => applyPolicy(ctx, input),
  }),
)

const RequestApprovalInput = builder.inputType('RequestApprovalInput', {
  description: 'The change that is meant, and why.',
  fields: (t) => ({
    projectId: projectId(t),
    changes: t.field({ type: 'PlanChanges', description: 'Plan changes, as `applyPlanChanges` takes them. Default: the action changes nothing of the plan.' }),
    action: t.string({ description: 'What is to be done, as the audit log names it. Default for changes: `plan.apply`.' }),
    itemKey: t.string({ description: 'Key of the item that the action is about without changing it.' }),
    rule: t.string({ description: 'Id of the rule to ask for. Default: every rule that wants agreement to it.' }),
    reason: t.string({ required: true, description: 'Why, for those who decide: 1 to 500 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('requestApproval', (t) =>
  t.field({
    type: builder.objectRef<ApprovalsRequested>('RequestApprovalPayload').implement({
      description: 'What waits for decisions now.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', { description: sequence }),
        approvals: f.field({ type: [Approval], description: 'One for each rule and changed item; one that waited already is not asked for again.', resolve: ({ approvalIds }, _args, ctx) => approvalsMade(ctx, approvalIds) }),
      }),
    }),
    description: 'Asks for agreement to a change that a rule wants agreement for. Once it is granted, the very same change can be made once, by whatever way; an action that changes nothing of the plan, by whoever asked.',
    extensions: { permission: 'governance.request' },
    errors: { types: WRITE_ERRORS, union: { name: 'RequestApprovalResult' } },
    args: { input: t.arg({ type: RequestApprovalInput, required: true, description: 'The change.' }) },
    resolve: (_root, { input }, ctx) => requestApproval(ctx, input),
  }),
)

const decisionFields = (t: InputFields) => ({
  approvalId: t.id({ required: true, description: 'The approval: node id or UUID.' }),
  comment: t.string({ description: 'What to say with it: at most 2,000 characters.' }),
  idempotencyKey: idempotencyKey(t),
})

const decided = (name: string) =>
  builder.objectRef<ApprovalDecided>(name).implement({
    description: 'The approval after the decision.',
    fields: (f) => ({
      sequence: f.exposeInt('sequence', { description: sequence }),
      approval: f.field({ type: Approval, description: 'The approval as it is now.', resolve: ({ approvalId }, _args, ctx) => getApproval(ctx, encodeNodeId('Approval', approvalId)) }),
    }),
  })

interface Decision {
  readonly verb: string
  readonly description: string
  readonly decide: (ctx: Context, input: DecideApproval) => Promise<ApprovalDecided>
}

/** `grantApproval` and `refuseApproval`. */
function decisionField({ verb, description, decide }: Decision): void {
  const name = `${verb[0]?.toUpperCase()}${verb.slice(1)}Approval`
  const Input = builder.inputType(`${name}Input`, { description: 'Which approval.', fields: decisionFields })
  builder.mutationField(`${verb}Approval`, (t) =>
    t.field({
      type: decided(`${name}Payload`),
      description,
      extensions: { permission: 'governance.approve' },
      errors: { types: WRITE_ERRORS, union: { name: `${name}Result` } },
      args: { input: t.arg({ type: Input, required: true, description: 'Which approval.' }) },
      resolve: (_root, { input }, ctx) => decide(ctx, input),
    }),
  )
}

decisionField({ verb: 'grant', description: 'Agrees to a change. Nobody agrees to what they asked for, and each says it once; the rule names the roles that count.', decide: approve })
decisionField({ verb: 'refuse', description: 'Refuses a change. It can be asked for anew.', decide: refuse })
