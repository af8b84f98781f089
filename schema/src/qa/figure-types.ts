/** Quality as the GraphQL types show it: of items, and of projects, each figure with what it is made of. */
import { SCORE_FORMULA } from '@buildrunner/sdk/quality'
import type { Interval, QualityCounts, QualityReason, Score } from '@buildrunner/sdk/quality'
import { builder } from '../builder.ts'
import { Microstep, Milestone, Step, childrenKnown } from '../plans/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { rateOf } from './flaky.ts'
import type { FlakyCheck } from './flaky.ts'
import { FLAKY_DAYS } from './verdicts.ts'
import type { JudgedCriterion } from './verdicts.ts'
import { qualityOfNode } from './quality.ts'
import type { ItemQuality, QualitySummary, ToldFigure } from './quality.ts'
import { qaOf } from './reads.ts'
import { CriterionStateEnum, Evidence, StaleReasonEnum } from './types.ts'

const evidenceNode = (uuid: string | null): string | null => (uuid === null ? null : encodeNodeId('Evidence', uuid))

const CriterionQuality = builder.objectRef<JudgedCriterion>('CriterionQuality').implement({
  description: 'A criterion and where it stands.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its id or, without one, its text.' }),
    text: t.string({ description: 'What must be true.', resolve: ({ criterion }) => criterion.text }),
    check: t.field({ type: 'JSON', nullable: true, description: 'How it is verified; null: a person confirms it.', resolve: ({ criterion }) => criterion.check }),
    state: t.expose('state', { type: CriterionStateEnum, description: 'Where it stands.' }),
    staleBecause: t.expose('staleBecause', { type: StaleReasonEnum, nullable: true, description: 'Why its evidence no longer counts, of STALE.' }),
    flaky: t.exposeBoolean('flaky', { description: `Whether its check was seen to be flaky in the last ${FLAKY_DAYS} days.` }),
    evidenceId: t.id({ nullable: true, description: 'Node id of the evidence that decided; null of MISSING.', resolve: ({ evidenceId }) => evidenceNode(evidenceId) }),
    evidence: t.field({ type: Evidence, nullable: true, description: 'The evidence that decided.', resolve: ({ evidenceId }, _args, ctx) => qaOf(ctx, 'Evidence', evidenceId) }),
  }),
})

const COUNTS = {
  total: 'Criteria.', met: 'Fresh evidence says that they are met.', failed: 'Fresh evidence says that they are not met.', stale: 'There is only evidence that no longer counts.', missing: 'There is no evidence.',
  flaky: `Their checks were seen to be flaky in the last ${FLAKY_DAYS} days.`, doneWithoutEvidence: 'Microsteps that are done though their criteria are not all met, or though they have none.',
} as const satisfies Record<keyof QualityCounts, string>

export const ItemQualityType = builder.objectRef<ItemQuality>('ItemQuality').implement({
  description: 'What evidence says of an item and of everything in it. Cancelled microsteps do not count.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: COUNTS.total }), met: t.exposeInt('met', { description: COUNTS.met }), failed: t.exposeInt('failed', { description: COUNTS.failed }),
    stale: t.exposeInt('stale', { description: COUNTS.stale }), missing: t.exposeInt('missing', { description: COUNTS.missing }), flaky: t.exposeInt('flaky', { description: COUNTS.flaky }),
    doneWithoutEvidence: t.exposeInt('doneWithoutEvidence', { description: COUNTS.doneWithoutEvidence }),
    criteria: t.field({ type: [CriterionQuality], description: 'Its own criteria, in their order.', resolve: ({ criteria }) => [...criteria] }),
  }),
})

for (const ref of [Milestone, Step, Microstep]) {
  builder.objectField(ref, 'quality', (t) =>
    t.field({ type: ItemQualityType, description: 'What evidence says of it and of everything in it.', resolve: async (node, _args, ctx) => qualityOfNode(ctx, await childrenKnown(ctx, node)) }))
}

const Reason = builder.objectRef<QualityReason>('QualityReason').implement({
  description: 'One thing that a figure is made of.',
  fields: (t) => ({
    itemKey: t.exposeString('item', { description: 'Key of the item.' }),
    criterion: t.exposeString('criterion', { nullable: true, description: 'The criterion; null where the item has none.' }),
    state: t.expose('state', { type: CriterionStateEnum, description: 'Where it stands, or stood.' }),
    evidenceId: t.id({ nullable: true, description: 'Node id of the evidence that says so; null where there is none.', resolve: ({ evidenceId }) => evidenceNode(evidenceId) }),
    evidence: t.field({ type: Evidence, nullable: true, description: 'The evidence that says so.', resolve: ({ evidenceId }, _args, ctx) => qaOf(ctx, 'Evidence', evidenceId) }),
  }),
})

const IntervalType = builder.objectRef<Interval>('ConfidenceInterval').implement({
  description: 'Where the true share lies, with 95 % confidence (Wilson, 1927).',
  fields: (t) => ({ low: t.exposeFloat('low', { description: '0 to 1.' }), high: t.exposeFloat('high', { description: '0 to 1.' }) }),
})

const FigureType = builder.objectRef<ToldFigure>('QualityFigure').implement({
  description: 'A share, and what it is made of.',
  fields: (t) => ({
    value: t.exposeFloat('value', { nullable: true, description: '`count` of `of`, 0 to 1; null where there is nothing to measure.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    of: t.exposeInt('of', { description: 'Of how many.' }),
    interval: t.expose('interval', { type: IntervalType, nullable: true, description: 'Of a share that is a sample; null where everything was counted.' }),
    because: t.field({ type: [Reason], description: 'What it is made of, what speaks against the best value first; at most 100.', resolve: ({ because }) => [...because] }),
    becauseCount: t.exposeInt('becauseCount', { description: 'How many things it is made of.' }),
  }),
})

const ScoreType = builder.objectRef<Score>('QualityScore').implement({
  description: 'Test pass rate and compliance with acceptance criteria in one number; both weigh the same.',
  fields: (t) => ({
    value: t.exposeFloat('value', { nullable: true, description: '0 to 100, with one decimal; null while there is nothing to measure.' }),
    grade: t.exposeString('grade', { nullable: true, description: 'A from 90, B from 80, C from 70, D from 60, F below.' }),
    formula: t.string({ description: 'How it is made.', resolve: () => SCORE_FORMULA }),
  }),
})

export const QualitySummaryType = builder.objectRef<QualitySummary>('QualitySummary').implement({
  description: 'The quality of a project, or of an item with everything in it. Each figure names what it is made of.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (summary) => encodeNodeId('Project', summary.projectId) }),
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when results count for the pass rate.' }),
    score: t.expose('score', { type: ScoreType, description: 'Both in one number.' }),
    compliance: t.expose('compliance', { type: FigureType, description: 'Criteria met, of those that are due: of microsteps in review or done, and of steps and milestones whose microsteps are all done.' }),
    passRate: t.expose('passRate', { type: FigureType, description: 'Checks that passed, of those that were carried out since then.' }),
    met: t.expose('met', { type: FigureType, description: 'Criteria met, of all.' }),
    stale: t.expose('stale', { type: FigureType, description: 'Criteria with only evidence that no longer counts, of all.' }),
    flaky: t.expose('flaky', { type: FigureType, description: `Criteria whose checks were seen to be flaky in the last ${FLAKY_DAYS} days, of all.` }),
    proven: t.expose('proven', { type: FigureType, description: 'Microsteps that are done because evidence says so, of all that are done.' }),
    missing: t.int({ description: COUNTS.missing, resolve: ({ counts }) => counts.missing }),
    doneWithoutEvidence: t.int({ description: COUNTS.doneWithoutEvidence, resolve: ({ counts }) => counts.doneWithoutEvidence }),
  }),
})

const RateType = builder.objectRef<Interval & { readonly value: number }>('FlakyRate').implement({
  description: 'Which share of the results was flaky.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: '0 to 1.' }),
    low: t.exposeFloat('low', { description: 'The true share is at least this, with 95 % confidence (Wilson, 1927).' }),
    high: t.exposeFloat('high', { description: 'The true share is at most this.' }),
  }),
})

export const FlakyCheckType = builder.objectRef<FlakyCheck>('FlakyCheck').implement({
  description: 'A check that was seen to be flaky: of the same code it said one thing and then another.',
  fields: (t) => ({
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item; null when that is no longer in the plan.' }),
    criterion: t.exposeString('criterionKey', { description: 'The criterion: its id or, without one, its text.' }),
    flaky: t.exposeInt('flaky', { description: 'Results that were flaky.' }),
    carriedOut: t.exposeInt('carriedOut', { description: 'Results.' }),
    rate: t.field({ type: RateType, description: 'Which share of the results was flaky.', resolve: rateOf }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When it was last seen to be.' }),
    because: t.idList({ description: 'Node ids of the flaky results and of those that they contradict, newest first; at most 20.', resolve: ({ because }) => because.map((uuid) => encodeNodeId('Evidence', uuid)) }),
  }),
})
