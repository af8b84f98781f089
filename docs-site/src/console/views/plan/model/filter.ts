/** What of the plan is asked for: kept in the address, so that a link shows the same. */
import type { FlatPlan, PlanItem, Status } from '@buildrunner/sdk/plans'
import type { Shown } from './rows.ts'

export const STATUSES: readonly Status[] = ['todo', 'in_progress', 'in_review', 'blocked', 'done', 'cancelled']

export interface Filter {
  /** Part of title, id, assignee or a label, in any case. */
  readonly text: string
  /** One of these; empty: any. */
  readonly statuses: readonly Status[]
  readonly assignee: string | undefined
  readonly label: string | undefined
  /** Of the milestone that an item lies in. */
  readonly phase: string | undefined
  /** What waits, or what can be worked on. */
  readonly only: 'ready' | 'blocked' | undefined
}

const isStatus = (value: string): value is Status => (STATUSES as readonly string[]).includes(value)

export function filterOf(query: URLSearchParams): Filter {
  const only = query.get('only')
  return {
    text: query.get('q') ?? '',
    statuses: (query.get('status') ?? '').split(',').filter(isStatus),
    assignee: query.get('assignee') ?? undefined,
    label: query.get('label') ?? undefined,
    phase: query.get('phase') ?? undefined,
    only: only === 'ready' || only === 'blocked' ? only : undefined,
  }
}

/** For the address; what asks for nothing is left out. */
export function queryOf({ text, statuses, assignee, label, phase, only }: Filter): Record<string, string> {
  const all = { q: text, status: statuses.join(','), assignee, label, phase, only }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''))
}

export const isAnything = (filter: Filter): boolean => Object.keys(queryOf(filter)).length === 0

/** What is known of items beside their fields. */
export interface Standing {
  readonly ready: ReadonlySet<string>
  readonly blocked: { has(id: string): boolean }
}

/** Undefined where nothing is asked for: everything is shown. */
export function shownBy(plan: FlatPlan, filter: Filter, standing: Standing): Shown | undefined {
  if (isAnything(filter)) return undefined
  const [matches, kept] = [new Set<string>(), new Set<string>()]
  for (const item of plan.items.values()) {
    if (!matchesFilter(plan, item, filter, standing)) continue
    matches.add(item.id)
    for (let at: PlanItem | undefined = item; at !== undefined && !kept.has(at.id); at = at.parentId === null ? undefined : plan.items.get(at.parentId)) kept.add(at.id)
  }
  return { matches, kept }
}

function matchesFilter(plan: FlatPlan, item: PlanItem, { text, statuses, assignee, label, phase, only }: Filter, { ready, blocked }: Standing): boolean {
  const { id, kind, fields } = item
  if (statuses.length > 0 && !(kind === 'microstep' && statuses.includes(fields.status ?? 'todo'))) return false
  if (only !== undefined && !(only === 'ready' ? ready : blocked).has(id)) return false
  if (assignee !== undefined && fields.assignee !== assignee) return false
  if (label !== undefined && fields.labels?.includes(label) !== true) return false
  if (phase !== undefined && milestoneOf(plan, item).fields.phase !== phase) return false
  const sought = text.trim().toLowerCase()
  return sought === '' || [id, fields.title, fields.assignee ?? '', ...(fields.labels ?? [])].some((value) => value.toLowerCase().includes(sought))
}

function milestoneOf(plan: FlatPlan, item: PlanItem): PlanItem {
  let at = item
  while (at.parentId !== null) at = plan.items.get(at.parentId) as PlanItem
  return at
}

/** What can be chosen: everything that occurs, in alphabetical order. */
export interface Choices {
  readonly assignees: readonly string[]
  readonly labels: readonly string[]
  readonly phases: readonly string[]
}

export function choicesOf(plan: FlatPlan): Choices {
  const [assignees, labels, phases] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { fields } of plan.items.values()) {
    if (fields.assignee !== undefined) assignees.add(fields.assignee)
    if (fields.phase !== undefined) phases.add(fields.phase)
    for (const label of fields.labels ?? []) labels.add(label)
  }
  const sorted = (values: Set<string>): string[] => [...values].sort((a, b) => a.localeCompare(b))
  return { assignees: sorted(assignees), labels: sorted(labels), phases: sorted(phases) }
}
