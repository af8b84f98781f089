/** What the rules of a project say of a write, change by change. It throws nothing and writes nothing. */
import { costFacts, itemFacts, planFacts } from '@buildrunner/sdk/policy'
import type { CompiledPolicy, PolicyFacts, ItemFacts, PolicyNeeds, Verdict } from '@buildrunner/sdk/policy'
import { applyChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanItem } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { loadCurrentPlan } from '../plans/load-current.ts'
import { evidenceFacts } from '../qa/facts.ts'
import type { ItemEvidence } from '../qa/facts.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { requireActor } from '../shared/permissions.ts'
import { actorFacts, describeActor, openThreads } from './facts.ts'
import { judgeGates } from './gates.ts'
import type { Governed, PlanEdit } from './governed.ts'
import { subjectsOf } from './subjects.ts'
import type { Subject } from './subjects.ts'

/** What one rule says of one change. */
export interface Judgement {
  readonly subject: Subject
  readonly verdict: Verdict
}

/** A change with the facts that rules about it speak of. */
export interface Asked {
  readonly subject: Subject
  readonly facts: PolicyFacts
}

export interface Question {
  readonly asked: readonly Asked[]
  /** The whole plan before and after; null where no rule asks for it. */
  readonly plan: PlanEdit | null
}

/** Thrown inside where the plan was changed by another writer meanwhile: whoever asked reads again. */
export class PlanMoved extends Error {}

/** Every source that a rule about one of the changes speaks of. */
function sourcesOf(needs: readonly PolicyNeeds[]): { has(source: 'actor' | 'plan' | 'evidence' | 'comments'): boolean; phases: boolean; item: boolean } {
  const sources = new Set(needs.flatMap((one) => [...one.sources]))
  return { has: (source) => sources.has(source), phases: needs.some(({ phases }) => phases), item: needs.some(({ facts }) => [...facts].some((fact) => fact.startsWith('item.'))) }
}

/** The whole of it, where only the one item was read. @throws PlanMoved */
async function wholePlan(ctx: Context, { project, plan }: Governed): Promise<PlanEdit | null> {
  if (plan !== undefined && !plan.isPart) return plan
  const { plan: before, rows, project: { sequence } } = await loadCurrentPlan(ctx, project.id, { permission: null })
  if (plan !== undefined && sequence !== plan.sequence) throw new PlanMoved()
  const changes = plan?.changes ?? []
  return { before, after: applyChanges(before, changes), changes, sequence, isPart: false, uuidOf: (key) => rows.get(key)?.uuid }
}

/** A write about an item that it does not change: the item as it is. */
const located = (subject: Subject, plan: PlanEdit | null): { item: PlanItem | null; uuid: string | null } =>
  subject.op === null && subject.key !== null && plan !== null
    ? { item: plan.after.items.get(subject.key) ?? null, uuid: plan.uuidOf(subject.key) ?? null }
    : { item: subject.after, uuid: subject.uuid }

interface Known {
  readonly evidence: ReadonlyMap<string, ItemEvidence> | null
  readonly threads: ReadonlyMap<string, number> | null
}

function factsOfItem(item: PlanItem, uuid: string | null, plan: FlatPlan | null, { evidence, threads }: Known): ItemFacts {
  const facts = itemFacts(item, plan)
  // an item that is only now added has neither
  const found = uuid === null ? undefined : evidence?.get(uuid)
  return {
    ...facts, criteria: { ...facts.criteria, ...(evidence !== null && { met: found?.met ?? 0, stale: found?.stale ?? 0 }) },
    ...(evidence !== null && { evidence: { passed: found?.passed ?? false, count: found?.count ?? 0 } }),
    ...(threads !== null && { comments: { open: (uuid === null ? undefined : threads.get(uuid)) ?? 0 } }),
  }
}

/** Reads what the rules about this write speak of. @throws PlanMoved */
export async function prepare(ctx: Context, compiled: CompiledPolicy, action: string, governed: Governed): Promise<Question> {
  const { project } = governed
  const subjects = subjectsOf(action, governed).map((subject) => ({ subject, needs: compiled.needs(subject.actions) })).filter(({ needs }) => needs.any)
  if (subjects.length === 0) return { asked: [], plan: null }
  const sources = sourcesOf(subjects.map(({ needs }) => needs))
  const about = subjects.some(({ subject }) => subject.op === null && subject.key !== null) && sources.item
  const plan = sources.has('plan') || sources.phases || about ? await wholePlan(ctx, governed) : null
  const items = subjects.map(({ subject }) => ({ subject, ...located(subject, plan) }))
  const ids = items.flatMap(({ item, uuid }) => (item === null || uuid === null ? [] : [{ id: uuid, criteria: item.fields.acceptanceCriteria ?? null }]))
  const known: Known = {
    evidence: sources.has('evidence') ? await evidenceFacts(ctx, ids) : null,
    threads: sources.has('comments') ? await openThreads(ctx, project.id, ids.map(({ id }) => id)) : null,
  }
  const actor = sources.has('actor') ? await describeActor(ctx, project.id) : actorFacts(requireActor(ctx), project.id)
  const common = {
    time: ctx.clock.now(), actor, project: { id: encodeNodeId('Project', project.id), slug: project.slug, name: project.name, tier: requireActor(ctx).tier, archived: project.archived },
    ...(plan !== null && { plan: planFacts(plan.after), cost: costFacts(plan.before, plan.after) }),
  }
  return {
    plan,
    asked: items.map(({ subject, item, uuid }) => ({
      subject,
      facts: {
        ...common, action: subject.actions[0] as string,
        ...(item !== null && { item: factsOfItem(item, uuid, plan?.after ?? null, known) }),
        ...(subject.before !== null && { before: itemFacts(subject.before, plan?.before ?? null) }),
        ...((subject.op !== null || subject.fields.length > 0) && { change: { op: subject.op ?? 'update', fields: subject.fields } }),
      },
    })),
  }
}

/** What every rule and gate that applies says. @throws PlanMoved */
export async function judge(ctx: Context, compiled: CompiledPolicy, action: string, governed: Governed): Promise<readonly Judgement[]> {
  const { asked, plan } = await prepare(ctx, compiled, action, governed)
  const judged = asked.flatMap(({ subject, facts }) => compiled.decide(subject.actions, facts).map((verdict) => ({ subject, verdict })))
  return plan === null ? judged : [...judged, ...(await judgeGates(ctx, compiled, plan, asked.map(({ subject }) => subject)))]
}

