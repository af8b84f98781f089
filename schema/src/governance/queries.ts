import type { ExplainedPart, PolicyChange, PolicyProblem, SimulatedHit, SimulatedRule } from '@buildrunner/sdk/policy'
import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import type { PolicyRefusal } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { getApproval, listApprovals } from './approval-reads.ts'
import { explain } from './explain.ts'
import type { ExplainedChange, ExplainedVerdict, PolicyExplanation } from './explain.ts'
import { readPlace } from './place.ts'
import { simulate } from './simulate.ts'
import type { PolicySimulated } from './simulate.ts'
import { Approval, ApprovalStatusEnum, PolicyEffectEnum, PolicyProblemType, PolicyVersionType } from './types.ts'
import { checkPolicy, diffVersions, getPolicy, getVersion, listVersions } from './versions.ts'
import type { PolicyVersion } from './versions.ts'

const permission = 'governance.read'
const projectId = { required: true, description: 'Node id, UUID or slug.' } as const
const totalCount = { description: 'How many match, on all pages.', resolve: totalCountOf } as const

const PolicyType = builder.objectRef<PolicyVersion>('Policy').implement({
  description: "A project's own rules.",
  fields: (t) => ({
    version: t.field({ type: PolicyVersionType, description: 'Which version it is, who applied it and why.', resolve: (policy) => policy }),
    text: t.exposeString('text', { description: 'YAML, as it was applied.' }),
  }),
})

builder.queryField('policy', (t) =>
  t.field({
    type: PolicyType,
    nullable: true,
    description: "A project's own rules: those in force, or an earlier version. Null where it has none.",
    extensions: { permission },
    args: { projectId: t.arg.id(projectId), version: t.arg.int({ description: 'Default: the one in force.' }) },
    resolve: (_root, args, ctx) => (args.version == null ? getPolicy(ctx, args.projectId) : getVersion(ctx, args.projectId, args.version)),
  }),
)

builder.queryField('policyVersions', (t) =>
  t.connection(
    { type: PolicyVersionType, description: "The history of a project's own rules, newest first.", extensions: { permission }, args: { projectId: t.arg.id(projectId) }, resolve: paged(listVersions) },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

const PolicyChangeType = builder.objectRef<PolicyChange>('PolicyChange').implement({
  description: 'A rule, or the gate of a phase, that is not the same in two versions.',
  fields: (t) => ({
    rule: t.exposeString('ruleId', { description: 'Id of the rule; `phase:` and the phase for a gate.' }),
    kind: t.exposeString('kind', { description: '`added`, `removed` or `changed`.' }),
    fields: t.stringList({ description: 'Of `changed`: the keys that differ; `order` where only the place did.', resolve: ({ fields }) => [...fields] }),
    before: t.field({ type: 'JSON', nullable: true, description: 'What it was.', resolve: ({ before }) => before }),
    after: t.field({ type: 'JSON', nullable: true, description: 'What it is.', resolve: ({ after }) => after }),
  }),
})

const PolicyDiffType = builder.objectRef<{ readonly projectId: string; readonly changes: readonly PolicyChange[] }>('PolicyDiff').implement({
  description: 'What changed from one version to another.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (diff) => encodeNodeId('Project', diff.projectId) }),
    changes: t.field({ type: [PolicyChangeType], description: 'Rule by rule; empty where only spelling and comments differ.', resolve: ({ changes }) => [...changes] }),
  }),
})

builder.queryField('policyDiff', (t) =>
  t.field({
    type: PolicyDiffType,
    nullable: true,
    description: 'What changed from one version of the rules to another.',
    extensions: { permission },
    args: { projectId: t.arg.id(projectId), from: t.arg.int({ required: true, description: 'A version; 0 for no rules.' }), to: t.arg.int({ required: true, description: 'A version.' }) },
    resolve: async (_root, args, ctx) => ({ projectId: (await readPlace(ctx, permission, args.projectId)).project_id, changes: await diffVersions(ctx, args.projectId, args.from, args.to) }),
  }),
)

const PolicyCheckType = builder.objectRef<{ readonly projectId: string; readonly valid: boolean; readonly problems: readonly PolicyProblem[] }>('PolicyCheck').implement({
  description: 'What is wrong with a policy.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (check) => encodeNodeId('Project', check.projectId) }),
    valid: t.exposeBoolean('valid', { description: 'Whether it could be applied: no problem is an error.' }),
    problems: t.field({ type: [PolicyProblemType], description: 'In the order of the text.', resolve: ({ problems }) => [...problems] }),
  }),
})

builder.queryField('validatePolicy', (t) =>
  t.field({
    type: PolicyCheckType,
    nullable: true,
    description: 'Checks a policy without applying it: its form, and the type of every condition.',
    extensions: { permission },
    args: { projectId: t.arg.id(projectId), text: t.arg.string({ required: true, description: 'YAML.' }) },
    async resolve(_root, args, ctx) {
      const place = await readPlace(ctx, permission, args.projectId)
      const { policy, problems } = checkPolicy(args.text)
      return { projectId: place.project_id, valid: policy !== null, problems }
    },
  }),
)

const ExplainedPartType = builder.objectRef<ExplainedPart>('ExplainedPart').implement({
  description: 'A part of a condition, and what it is worth.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As it stands in the condition.' }),
    start: t.exposeInt('start', { description: 'Where it begins in the condition.' }),
    end: t.exposeInt('end', { description: 'Where it ends, exclusive.' }),
    value: t.field({ type: 'JSON', nullable: true, description: 'Its value.', resolve: ({ value }) => value }),
    failure: t.string({ nullable: true, description: 'Why it has none.', resolve: ({ failure }) => failure }),
  }),
})

const ExplainedRuleType = builder.objectRef<ExplainedVerdict>('ExplainedRule').implement({
  description: 'A rule that a change meets.',
  fields: (t) => ({
    rule: t.exposeString('ruleId', { description: 'Its id.' }),
    line: t.exposeInt('line', { description: 'Its line in the policy.' }),
    effect: t.field({ type: PolicyEffectEnum, description: 'What it does where it applies.', resolve: ({ effect }) => effect }),
    condition: t.exposeString('condition', { description: 'CEL; empty: it always applies.' }),
    applies: t.exposeBoolean('applies', { description: 'Whether it applies to this change.' }),
    failure: t.string({ nullable: true, description: 'Why its condition could not be judged; the rule then applies.', resolve: ({ failure }) => failure }),
    message: t.exposeString('message', { nullable: true, description: 'What it says, where it applies.' }),
    remedy: t.exposeString('remedy', { nullable: true, description: 'What to do, where it applies.' }),
    parts: t.field({ type: [ExplainedPartType], description: 'Parts of the condition, from the whole down to the facts.', resolve: ({ parts }) => [...parts] }),
  }),
})

const ExplainedChangeType = builder.objectRef<ExplainedChange>('ExplainedChange').implement({
  description: 'What is said of one change.',
  fields: (t) => ({
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item; null where none changes.' }),
    actions: t.stringList({ description: 'The names that the change has.', resolve: ({ actions }) => [...actions] }),
    rules: t.field({ type: [ExplainedRuleType], description: 'Every rule that it meets, in the order of the policy.', resolve: ({ rules }) => [...rules] }),
  }),
})

const PolicyRefusalType = builder.objectRef<PolicyRefusal>('PolicyRefusal').implement({
  description: 'What stands in the way of a change.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Id of the rule; `phase:` and the phase for a gate.' }),
    line: t.exposeInt('line', { nullable: true, description: 'Its line in the policy.' }),
    message: t.exposeString('message', { description: 'What it says.' }),
    remedy: t.string({ nullable: true, description: 'What to do.', resolve: ({ remedy }) => remedy }),
    satisfiedBy: t.stringList({ description: 'What is missing: a sentence each.', resolve: ({ satisfiedBy = [] }) => [...satisfiedBy] }),
    needsApproval: t.boolean({ description: 'True: agreement is all that is missing.', resolve: ({ needsApproval = false }) => needsApproval }),
    approvalId: t.id({ nullable: true, description: 'The approval that waits for a decision.', resolve: ({ approvalId }) => (approvalId == null ? null : encodeNodeId('Approval', approvalId)) }),
  }),
})

const PolicyExplanationType = builder.objectRef<PolicyExplanation>('PolicyExplanation').implement({
  description: 'What the rules of a project say of a change that is not made yet.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (explanation) => encodeNodeId('Project', explanation.projectId) }),
    version: t.exposeInt('version', { nullable: true, description: 'The version in force; null: the project has no rules of its own.' }),
    allowed: t.boolean({ description: 'Whether it would be written now.', resolve: ({ refusals }) => refusals.length === 0 }),
    refusals: t.field({ type: [PolicyRefusalType], description: 'What stands in the way, gates of phases and approvals counted in.', resolve: ({ refusals }) => [...refusals] }),
    changes: t.field({ type: [ExplainedChangeType], description: 'Each changed item, with the rules that it meets.', resolve: ({ changes }) => [...changes] }),
  }),
})

builder.queryField('explainPolicy', (t) =>
  t.field({
    type: PolicyExplanationType,
    nullable: true,
    description: 'Says whether a change would be written, and why: every rule that it meets with the value of each part of its condition. Nothing is written.',
    extensions: { permission },
    args: {
      projectId: t.arg.id(projectId),
      changes: t.arg({ type: 'PlanChanges', description: 'Plan changes, as `applyPlanChanges` takes them. Default: the action changes nothing of the plan.' }),
      action: t.arg.string({ description: 'What would be done, as the audit log names it. Default for changes: `plan.apply`.' }),
      itemKey: t.arg.string({ description: 'Key of the item that the action is about without changing it.' }),
      rule: t.arg.string({ description: 'Id of one rule. Default: all.' }),
    },
    resolve: (_root, args, ctx) => explain(ctx, args),
  }),
)

const SimulatedHitType = builder.objectRef<SimulatedHit>('SimulatedHit').implement({
  description: 'A write of the past that a rule would have met.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Number of its event in the project's stream." }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => at }),
    actorId: t.exposeID('actorId', { description: 'Node id of who did it.' }),
    itemKey: t.exposeString('itemId', { nullable: true, description: 'Key of the item that changed.' }),
    message: t.exposeString('message', { description: 'What the rule would have said.' }),
  }),
})

const SimulatedRuleType = builder.objectRef<SimulatedRule>('SimulatedRule').implement({
  description: 'What one rule would have done.',
  fields: (t) => ({
    rule: t.exposeString('ruleId', { description: 'Id of the rule; `phase:` and the phase for a gate.' }),
    line: t.exposeInt('line', { description: 'Its line in the policy.' }),
    effect: t.field({ type: PolicyEffectEnum, description: 'What it does where it applies.', resolve: ({ effect }) => effect }),
    hits: t.exposeInt('hits', { description: 'How many changes it would have met; of a gate how often its phase was entered.' }),
    unknown: t.stringList({ description: '`evidence` or `comments`: what the log does not tell of the past, so that the rule is not judged.', resolve: ({ unknown }) => [...unknown] }),
    samples: t.field({ type: [SimulatedHitType], description: 'The first of them.', resolve: ({ samples }) => [...samples] }),
  }),
})

const PolicySimulationType = builder.objectRef<PolicySimulated>('PolicySimulation').implement({
  description: 'What rules would have done to what happened already.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (simulation) => encodeNodeId('Project', simulation.projectId) }),
    since: t.expose('since', { type: 'DateTime', description: 'From when.' }),
    until: t.expose('until', { type: 'DateTime', description: 'Until when.' }),
    events: t.exposeInt('events', { description: 'How many events were read.' }),
    writes: t.exposeInt('writes', { description: 'How many changes the rules were asked about.' }),
    stopped: t.exposeInt('stopped', { description: 'How many of them a rule would have refused, or held back for agreement.' }),
    rules: t.field({ type: [SimulatedRuleType], description: 'Every rule, then every gate.', resolve: ({ rules }) => [...rules] }),
  }),
})

builder.queryField('simulatePolicy', (t) =>
  t.field({
    type: PolicySimulationType,
    nullable: true,
    description: 'Runs rules over what happened already: what they would have stopped. People count with the roles that they have today; evidence and comments of the past are not judged.',
    extensions: { permission },
    args: {
      projectId: t.arg.id(projectId),
      text: t.arg.string({ description: 'YAML of the rules. Default: `version`.' }),
      version: t.arg.int({ description: 'Default: the one in force.' }),
      since: t.arg({ type: 'DateTime', description: 'Default: 30 days before `until`.' }),
      until: t.arg({ type: 'DateTime', description: 'Default: now.' }),
      samples: t.arg.int({ description: 'How many hits of each rule are told one by one, 0 to 100. Default: 20.' }),
    },
    resolve: (_root, args, ctx) => simulate(ctx, args),
  }),
)

builder.queryField('approvals', (t) =>
  t.connection(
    {
      type: Approval,
      description: 'Approvals of a project, newest first.',
      extensions: { permission },
      args: {
        projectId: t.arg.id(projectId),
        status: t.arg({ type: ApprovalStatusEnum, description: 'Only those: PENDING for what waits. Default: all.' }),
        itemKey: t.arg.string({ description: 'Only of changes of this item.' }),
      },
      resolve: paged(listApprovals),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('approval', (t) =>
  t.field({
    type: Approval,
    nullable: true,
    description: 'One approval. NOT_FOUND when the key sees no such approval.',
    extensions: { permission },
    args: { approvalId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, { approvalId }, ctx) => getApproval(ctx, approvalId),
  }),
)
