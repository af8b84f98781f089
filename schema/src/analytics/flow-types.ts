/** Types of flow metrics, burn-up and forecast. */
import type { AgeingMicrostep, BurnUpDay, ForecastHistory, ForecastPercentile, MilestoneForecast, PhaseThroughput, TimeDistribution, TimedMicrostep, WeekThroughput } from '@buildrunner/sdk/flow'
import { builder } from '../builder.ts'
import { StatusEnum } from '../plans/types.ts'
import type { FlowAt, ForecastAt } from './reads.ts'

const TimedMicrostepType = builder.objectRef<TimedMicrostep>('TimedMicrostep').implement({
  description: 'How long one microstep took.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    from: t.field({ type: 'DateTime', description: 'When the time began.', resolve: (timed) => timed.from }),
    to: t.field({ type: 'DateTime', description: 'When it ended.', resolve: (timed) => timed.to }),
    days: t.exposeFloat('days', { description: 'Elapsed time in days of 24 hours.' }),
  }),
})

const TimeDistributionType = builder.objectRef<TimeDistribution>('TimeDistribution').implement({
  description: 'How long microsteps took, in days of 24 hours, nights and weekends included; null where there are none.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'How many microsteps.' }),
    mean: t.exposeFloat('mean', { nullable: true, description: 'Arithmetic mean.' }),
    p50: t.exposeFloat('p50', { nullable: true, description: 'Half of them took at most so long.' }),
    p70: t.exposeFloat('p70', { nullable: true, description: '70 percent of them took at most so long.' }),
    p85: t.exposeFloat('p85', { nullable: true, description: '85 percent of them took at most so long.' }),
    p95: t.exposeFloat('p95', { nullable: true, description: '95 percent of them took at most so long.' }),
    items: t.field({ type: [TimedMicrostepType], description: 'Of which it is made, the last to end first.', resolve: (distribution) => distribution.items }),
  }),
})

const PhaseThroughputType = builder.objectRef<PhaseThroughput>('PhaseThroughput').implement({
  description: 'What finished in a phase.',
  fields: (t) => ({
    phase: t.exposeString('phase', { nullable: true, description: 'Phase of the milestone; null for milestones without one.' }),
    finished: t.exposeInt('finished', { description: 'How many microsteps finished.' }),
  }),
})

const WeekThroughputType = builder.objectRef<WeekThroughput>('WeekThroughput').implement({
  description: 'What finished in a week.',
  fields: (t) => ({
    week: t.field({ type: 'Date', description: 'Its Monday (UTC).', resolve: (week) => week.week }),
    isWhole: t.exposeBoolean('isWhole', { description: 'False for a week that the range covers in part.' }),
    finished: t.exposeInt('finished', { description: 'How many microsteps finished.' }),
    byPhase: t.field({ type: [PhaseThroughputType], description: 'The same by phase.', resolve: (week) => week.byPhase }),
    keys: t.exposeStringList('keys', { description: 'Keys of what finished, in the order in which it did.' }),
  }),
})

const AgeingMicrostepType = builder.objectRef<AgeingMicrostep>('AgeingMicrostep').implement({
  description: 'A microstep that is being worked on.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    status: t.field({ type: StatusEnum, description: 'Where it stands.', resolve: (item) => item.status }),
    startedAt: t.field({ type: 'DateTime', description: 'When work on it started.', resolve: (item) => item.startedAt }),
    age: t.exposeFloat('age', { description: 'Days since.' }),
    percentile: t.exposeFloat('percentile', { nullable: true, description: 'Percent of the finished microsteps that took at most so long from start to finish; null when there are none.' }),
  }),
})

const BurnUpDayType = builder.objectRef<BurnUpDay>('BurnUpDay').implement({
  description: 'How much there was to do, and how much was done, at the end of a day (UTC).',
  fields: (t) => ({
    day: t.field({ type: 'Date', description: 'The day.', resolve: (day) => day.day }),
    scope: t.exposeInt('scope', { description: 'Microsteps in the plan, without the cancelled ones.' }),
    done: t.exposeInt('done', { description: 'How many of them were done.' }),
    finished: t.exposeStringList('finished', { description: 'Keys of what became done on this day.' }),
    added: t.exposeStringList('added', { description: 'Keys of what came into the scope.' }),
    dropped: t.exposeStringList('dropped', { description: 'Keys of what left it: cancelled, or taken out of the plan.' }),
  }),
})

export const FlowType = builder.objectRef<FlowAt>('FlowMetrics').implement({
  description: 'How work flowed through a plan in a time, with the microsteps behind each figure.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    from: t.field({ type: 'Date', description: 'First day.', resolve: (flow) => flow.from }),
    to: t.field({ type: 'Date', description: 'Last day: today (UTC).', resolve: (flow) => flow.to }),
    leadTime: t.field({ type: TimeDistributionType, description: 'From coming into the plan to the finish.', resolve: (flow) => flow.leadTime }),
    cycleTime: t.field({ type: TimeDistributionType, description: 'From the first start of work to the finish.', resolve: (flow) => flow.cycleTime }),
    neverStarted: t.exposeStringList('neverStarted', { description: 'Keys of what finished without ever having been started: it has no cycle time.' }),
    throughput: t.field({ type: [WeekThroughputType], description: 'Weeks of the range, the oldest first.', resolve: (flow) => flow.throughput }),
    perWeek: t.exposeFloat('perWeek', { nullable: true, description: 'Microsteps a week, as the mean of whole weeks; null when the range holds none.' }),
    ageing: t.field({ type: [AgeingMicrostepType], description: 'Work in progress, the oldest first.', resolve: (flow) => flow.ageing }),
    burnUp: t.field({ type: [BurnUpDayType], description: 'Scope and done, day by day.', resolve: (flow) => [...flow.burnUp] }),
  }),
})

const ForecastPercentileType = builder.objectRef<ForecastPercentile>('ForecastPercentile').implement({
  description: 'So many percent of the simulations had ended by then.',
  fields: (t) => ({
    percent: t.exposeInt('percent', { description: '50, 70, 85 or 95.' }),
    date: t.field({ type: 'Date', nullable: true, description: 'The day; null when it lies more than ten years ahead.', resolve: (percentile) => percentile.date }),
    days: t.exposeInt('days', { nullable: true, description: 'Days from today; null as above.' }),
  }),
})

const MilestoneForecastType = builder.objectRef<MilestoneForecast>('MilestoneForecast').implement({
  description: 'When a milestone will be done, if milestones are worked on in the order of the plan.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    remaining: t.exposeInt('remaining', { description: 'Microsteps that are left in it.' }),
    dueDate: t.field({ type: 'Date', nullable: true, description: 'When it is due.', resolve: (milestone) => milestone.dueDate }),
    onTime: t.exposeFloat('onTime', { nullable: true, description: 'Percent of the simulations in which it was done by then; null without a due date, or when nothing can be said.' }),
    percentiles: t.field({ type: [ForecastPercentileType], description: 'When it will be done; empty when nothing can be said.', resolve: (milestone) => milestone.percentiles }),
  }),
})

const ForecastHistoryType = builder.objectRef<ForecastHistory>('ForecastHistory').implement({
  description: 'What was measured, and is drawn from.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'First day.', resolve: (history) => history.from }),
    to: t.field({ type: 'Date', description: 'Last day: yesterday, for today is not over.', resolve: (history) => history.to }),
    days: t.exposeInt('days', { description: 'How many days that are.' }),
    finished: t.exposeInt('finished', { description: 'Microsteps that finished in them.' }),
    grown: t.exposeInt('grown', { description: 'Microsteps that came into the plan in them, less those that left it unfinished.' }),
    keys: t.exposeStringList('keys', { description: 'Keys of what finished, in the order in which it did.' }),
  }),
})

const ForecastReasonEnum = builder.enumType('ForecastReason', {
  description: 'Why a forecast says nothing.',
  values: {
    TOO_LITTLE_HISTORY: { description: 'Fewer than 11 microsteps finished, or fewer than 14 days were measured.' },
    NOTHING_LEFT: { description: 'Everything is done.' },
  } as const,
})

export const ForecastType = builder.objectRef<ForecastAt>('Forecast').implement({
  description: 'When the plan will be done, by a Monte Carlo simulation over the throughput that was measured.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    asOf: t.field({ type: 'Date', description: 'Today (UTC).', resolve: (forecast) => forecast.asOf }),
    reason: t.field({ type: ForecastReasonEnum, nullable: true, description: 'Why it says nothing; null when it does.', resolve: (forecast) => forecast.reason }),
    message: t.exposeString('message', { nullable: true, description: 'The same in words.' }),
    remaining: t.exposeInt('remaining', { description: 'Microsteps that are left.' }),
    history: t.field({ type: ForecastHistoryType, description: 'What it rests upon.', resolve: (forecast) => forecast.history }),
    simulations: t.exposeInt('simulations', { description: 'How many futures were played; 0 when nothing can be said.' }),
    percentiles: t.field({ type: [ForecastPercentileType], description: 'When everything will be done; empty when nothing can be said.', resolve: (forecast) => forecast.percentiles }),
    milestones: t.field({ type: [MilestoneForecastType], description: 'Milestones with something left, in the order of the plan.', resolve: (forecast) => forecast.milestones }),
  }),
})
