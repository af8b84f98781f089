/** An item as a form edits it: texts, and back to the fields that were changed. */
import type { Estimate, ItemFields, ItemKind, Link, PlanItem } from '@buildrunner/sdk/plans'

export interface ItemDraft {
  readonly title: string
  readonly description: string
  readonly assignee: string
  readonly priority: string
  /** Separated by commas. */
  readonly labels: string
  /** Keys, separated by commas. */
  readonly dependsOn: string
  /** Of milestones. */
  readonly phase: string
  /** Of milestones: `YYYY-MM-DD`. */
  readonly dueDate: string
  /** Of microsteps: `4`, or `2 / 4 / 8`. */
  readonly estimate: string
  /** A line each: the address, and behind a space its title. */
  readonly links: string
  readonly notes: string
}

export type DraftField = keyof ItemDraft

/** Fields of a draft that an item of this kind has. */
export function fieldsOf(kind: ItemKind): DraftField[] {
  const all: DraftField[] = ['title', 'description', 'assignee', 'priority', 'labels', 'dependsOn', 'phase', 'dueDate', 'estimate', 'links', 'notes']
  return all.filter((field) => (field === 'phase' || field === 'dueDate' ? kind === 'milestone' : field === 'estimate' ? kind === 'microstep' : true))
}

const list = (values: readonly string[] | undefined): string => (values ?? []).join(', ')
const estimateText = (estimate: Estimate | undefined): string =>
  estimate === undefined ? '' : typeof estimate === 'number' ? String(estimate) : `${estimate.optimistic} / ${estimate.likely} / ${estimate.pessimistic}`

export const draftOf = ({ fields }: PlanItem): ItemDraft => ({
  title: fields.title, description: fields.description ?? '', assignee: fields.assignee ?? '', priority: fields.priority ?? '', labels: list(fields.labels), dependsOn: list(fields.dependsOn),
  phase: fields.phase ?? '', dueDate: fields.dueDate ?? '', estimate: estimateText(fields.estimate), links: (fields.links ?? []).map(({ url, title }) => (title === undefined ? url : `${url} ${title}`)).join('\n'), notes: fields.notes ?? '',
})

/** A field of a draft that says nothing that can be understood. */
export class DraftError extends Error {
  readonly field: DraftField
  constructor(field: DraftField) {
    super(field)
    this.field = field
  }
}

const words = (text: string): string[] | null => {
  const values = [...new Set(text.split(',').map((word) => word.trim()).filter(Boolean))]
  return values.length === 0 ? null : values
}

/** @throws DraftError */
function readEstimate(text: string): Estimate | null {
  if (text.trim() === '') return null
  const numbers = text.split('/').map((part) => Number(part.trim().replace(',', '.')))
  const [optimistic, likely, pessimistic] = numbers
  if (numbers.some((hours) => !(hours >= 0 && Number.isFinite(hours))) || text.split('/').some((part) => part.trim() === '')) throw new DraftError('estimate')
  if (numbers.length === 1) return optimistic as number
  if (numbers.length !== 3 || (optimistic as number) > (likely as number) || (likely as number) > (pessimistic as number)) throw new DraftError('estimate')
  return { optimistic: optimistic as number, likely: likely as number, pessimistic: pessimistic as number }
}

/** Links keep what else they hold, as long as their address stays. */
function readLinks(text: string, before: readonly Link[]): Link[] | null {
  const links = text.split('\n').map((line) => line.trim()).filter(Boolean).map((line): Link => {
    const [url = '', ...rest] = line.split(/\s+/)
    const { title: _, ...known } = before.find((link) => link.url === url) ?? { url }
    return rest.length === 0 ? known : { ...known, title: rest.join(' ') }
  })
  return links.length === 0 ? null : links
}

/**
 * What to set on the item for it to say what the draft says: the fields whose text was changed, and no other, so that an edit of the
 * notes is in conflict with nobody's edit of the labels. Null removes a field.
 *
 * @throws DraftError
 */
export function changesOf(item: PlanItem, draft: ItemDraft): Record<string, unknown> {
  const before = draftOf(item)
  const changed = fieldsOf(item.kind).filter((field) => draft[field] !== before[field])
  const text = (value: string): string | null => (value.trim() === '' ? null : value)
  return Object.fromEntries(changed.map((field) => {
    const value = draft[field]
    switch (field) {
      case 'title':
        if (value.trim() === '') throw new DraftError('title')
        return [field, value.trim()]
      case 'labels':
      case 'dependsOn': return [field, words(value)]
      case 'estimate': return [field, readEstimate(value)]
      case 'links': return [field, readLinks(value, item.fields.links ?? [])]
      default: return [field, text(value)]
    }
  }))
}

/** Keys of the items that wait for it by its own key. */
export function dependentsOf(items: ReadonlyMap<string, PlanItem>, key: string): string[] {
  const found: string[] = []
  for (const { id, fields } of items.values()) if ((fields as ItemFields).dependsOn?.includes(key)) found.push(id)
  return found
}
