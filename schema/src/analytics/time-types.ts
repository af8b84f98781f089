/** Types of the timeline, the dependency graph, the history of statuses and exports. */
import type { GraphEdge, GraphGroup, GraphNode, TimelineRow } from '@buildrunner/sdk/flow'
import { builder } from '../builder.ts'
import { ItemKindEnum } from '../comments/types.ts'
import { PersonType } from '../identity/types.ts'
import { StatusEnum } from '../plans/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { EXPORT_FORMATS, REPORTS } from './export.ts'
import type { ExportedFile } from './export.ts'
import type { FoundChange } from './history.ts'
import type { GraphAt, TimelineAt } from './reads.ts'

const TimelineRowType = builder.objectRef<TimelineRow>('TimelineRow').implement({
  description: 'One item in time.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    kind: t.field({ type: ItemKindEnum, description: 'What it is.', resolve: (row) => row.kind }),
    parent: t.exposeString('parent', { nullable: true, description: 'Key of what it lies in; null for a milestone.' }),
    status: t.field({ type: StatusEnum, nullable: true, description: 'Microsteps only.', resolve: (row) => row.status }),
    phase: t.exposeString('phase', { nullable: true, description: 'Milestones only.' }),
    assignee: t.exposeString('assignee', { nullable: true, description: 'Who does it.' }),
    percent: t.exposeFloat('percent', { description: 'Share of its microsteps that are done, 0 to 100.' }),
    hours: t.exposeFloat('hours', { description: 'Expected hours, done and left; cancelled microsteps left out.' }),
    start: t.field({ type: 'DateTime', nullable: true, description: 'When it began or begins; null when that is not known, or cannot be said.', resolve: (row) => row.start }),
    finish: t.field({ type: 'DateTime', nullable: true, description: 'When it ended or ends; null as above.', resolve: (row) => row.finish }),
    hasStarted: t.exposeBoolean('hasStarted', { description: 'True: work on it has started, and `start` is when.' }),
    hasFinished: t.exposeBoolean('hasFinished', { description: 'True: nothing is left of it.' }),
    isCritical: t.exposeBoolean('isCritical', { description: 'True: if it takes longer, everything ends later.' }),
    slackHours: t.exposeFloat('slackHours', { nullable: true, description: 'Hours that it can be late without delaying the end; null when nothing of it is left.' }),
    dueDate: t.field({ type: 'Date', nullable: true, description: 'Milestones only.', resolve: (row) => row.dueDate }),
    isLate: t.exposeBoolean('isLate', { description: 'True: it ends, or ended, after the day it is due.' }),
    dependsOn: t.exposeStringList('dependsOn', { description: 'Keys of what it depends on itself.' }),
  }),
})

export const TimelineType = builder.objectRef<TimelineAt>('Timeline').implement({
  description: 'A plan in time: what was, from the history of statuses, and what is to come, from dependencies, estimates and working days.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    title: t.exposeString('title', { nullable: true, description: 'Name of the project.' }),
    asOf: t.field({ type: 'DateTime', description: 'Now.', resolve: (timeline) => timeline.asOf }),
    start: t.field({ type: 'DateTime', nullable: true, description: 'When the first row begins; null when no row has a time.', resolve: (timeline) => timeline.start }),
    finish: t.field({ type: 'DateTime', nullable: true, description: 'When the last row ends; null as above.', resolve: (timeline) => timeline.finish }),
    hoursPerDay: t.exposeFloat('hoursPerDay', { description: 'Hours of work on a working day.' }),
    workdays: t.exposeIntList('workdays', { description: 'Days of the week that are worked on, 1 for Monday.' }),
    rows: t.field({ type: [TimelineRowType], description: 'Items in document order.', resolve: (timeline) => timeline.rows }),
    assumed: t.exposeInt('assumed', { description: 'How many unfinished microsteps have no estimate, and were taken for one hour each.' }),
    unscheduled: t.exposeStringList('unscheduled', { description: 'Keys of microsteps that cannot be scheduled, for they are on a dependency cycle or wait for one.' }),
  }),
})

const GraphNodeType = builder.objectRef<GraphNode>('PlanGraphNode').implement({
  description: 'One item of the dependency graph.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    kind: t.field({ type: ItemKindEnum, description: 'What it is.', resolve: (node) => node.kind }),
    parent: t.exposeString('parent', { nullable: true, description: 'Key of what it lies in; null for a milestone.' }),
    status: t.field({ type: StatusEnum, nullable: true, description: 'Microsteps only.', resolve: (node) => node.status }),
    percent: t.exposeFloat('percent', { description: 'Share of its microsteps that are done, 0 to 100.' }),
    isCritical: t.exposeBoolean('isCritical', { description: 'True: it, or something in it, is on the critical path.' }),
  }),
})

const GraphEdgeType = builder.objectRef<GraphEdge>('PlanGraphDependency').implement({
  description: 'One dependency.',
  fields: (t) => ({
    from: t.exposeString('from', { description: 'Key of what has to be finished first.' }),
    to: t.exposeString('to', { description: 'Key of what waits for it.' }),
    isCritical: t.exposeBoolean('isCritical', { description: 'True: both are on the critical path.' }),
  }),
})

const GraphGroupType = builder.objectRef<GraphGroup>('PlanGraphGroup').implement({
  description: 'What nodes lie in.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its key.' }),
    title: t.exposeString('title', { description: 'One line.' }),
  }),
})

export const PlanGraphType = builder.objectRef<GraphAt>('PlanGraph').implement({
  description: 'Who waits for whom.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    title: t.exposeString('title', { nullable: true, description: 'Name of the project.' }),
    nodes: t.field({ type: [GraphNodeType], description: 'In document order.', resolve: (graph) => graph.nodes }),
    edges: t.field({ type: [GraphEdgeType], description: 'In the order of what waits.', resolve: (graph) => graph.edges }),
    groups: t.field({ type: [GraphGroupType], description: 'In document order.', resolve: (graph) => graph.groups }),
  }),
})

export const StatusChangeType = builder.objectRef<FoundChange>('StatusChange').implement({
  description: "One change of a microstep's status.",
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Sequence of the event that tells of it.' }),
    itemId: t.id({ description: 'Node id of the microstep.', resolve: (change) => encodeNodeId('Microstep', change.itemId) }),
    itemKey: t.exposeString('itemKey', { description: 'Its key: that of today, or the last it had.' }),
    title: t.exposeString('title', { description: 'One line.' }),
    from: t.field({ type: StatusEnum, description: 'What it was.', resolve: (change) => change.from as 'todo' }),
    to: t.field({ type: StatusEnum, nullable: true, description: 'What it became; null when it was taken out of the plan.', resolve: (change) => change.to as 'todo' | null }),
    by: t.field({ type: PersonType, description: 'Who did it.', resolve: (change) => ({ id: change.actorId, name: change.actorName ?? '' }) }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: (change) => change.at }),
  }),
})

const named = <Value extends string>(values: readonly Value[]): Record<string, { value: Value }> => Object.fromEntries(values.map((value) => [value.toUpperCase(), { value }]))

export const ReportEnum = builder.enumType('AnalyticsReport', { description: 'What can be exported: each is one table.', values: named(REPORTS) })
export const ExportFormatEnum = builder.enumType('ExportFormat', { description: 'The form of an exported file.', values: named(EXPORT_FORMATS) })

export const ExportedFileType = builder.objectRef<ExportedFile>('ExportedFile').implement({
  description: 'A file.',
  fields: (t) => ({
    fileName: t.exposeString('fileName', { description: 'A name for it.' }),
    contentType: t.exposeString('contentType', { description: 'Its media type.' }),
    content: t.exposeString('content', { description: 'What is in it.' }),
  }),
})
