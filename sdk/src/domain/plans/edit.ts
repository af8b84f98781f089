/**
 * Changes to the text of `plan.json` that keep the formatting of everything they do not touch: indentation, line ends,
 * order of keys, what stands on one line, the byte order mark, the end of the file.
 *
 * The changes are applied to the plan, not to the text; then the text is written anew from its own pieces. An item that
 * is the same before and after is copied, moved or not, as it stands. So one batch costs one pass, however its changes
 * build on each other, and the text cannot say anything but what `applyChanges` says.
 */
import { applyChanges } from './changes.ts'
import { flattenPlan } from './flat.ts'
import { PLAN_FORMAT_VERSION } from './format.ts'
import { editObject, editValue, type EditedText } from './json-edit.ts'
import { detectStyle, printValue } from './json-print.ts'
import { JsonText } from './json-text.ts'
import { PlanWriter, rankOf } from './plan-writer.ts'
import { BYTE_ORDER_MARK } from './source.ts'
import type { FlatPlan, Plan, PlanChange, PlanProblem, SyncMark } from './types.ts'
import { parsePlan } from './validate.ts'

/** A text that holds no plan this version can edit: it has errors, or its format is newer. */
export class PlanTextError extends Error {
  override readonly name = 'PlanTextError'
  readonly code = 'unreadable-plan'
  readonly problems: readonly PlanProblem[]

  constructor(problems: readonly PlanProblem[]) {
    const first = problems.find((problem) => problem.severity === 'error')
    super(first === undefined ? 'the plan cannot be edited' : `line ${first.line}: ${first.message} ${first.remedy}`)
    this.problems = problems
  }
}

interface Opened {
  text: string
  bom: string
  plan: Plan
  edited: EditedText
}

function open(text: string): Opened {
  const bom = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
  const body = text.slice(bom.length)
  let plan: Plan
  try {
    plan = JSON.parse(body) as Plan
  } catch {
    throw new PlanTextError(parsePlan(text).problems)
  }
  if (plan?.version !== PLAN_FORMAT_VERSION || !Array.isArray(plan.milestones)) throw new PlanTextError(parsePlan(text).problems)
  const json = new JsonText(body)
  return { text: body, bom, plan, edited: { json, style: detectStyle(json) } }
}

function flatten(text: string, plan: Plan): FlatPlan {
  try {
    const flat = flattenPlan(plan)
    let listed = 0
    for (const list of flat.children.values()) listed += list.length
    if (listed === flat.items.size) return flat
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new PlanTextError(parsePlan(text).problems)
}

/**
 * Applies changes to the text of a plan and keeps the formatting of all else.
 *
 * @remarks The result, parsed and flattened, equals `applyChanges(flattenPlan(JSON.parse(text)), changes)`.
 * @throws {PlanChangeError} for the first change that is impossible
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 * @example
 * writeFileSync(file, applyChangesToText(readFileSync(file, 'utf8'), [{ op: 'update', id: 'T1', set: { status: 'done' } }]))
 */
export function applyChangesToText(text: string, changes: readonly PlanChange[]): string {
  const { text: body, bom, plan, edited } = open(text)
  const before = flatten(text, plan)
  const after = applyChanges(before, changes)
  const writer = new PlanWriter(edited, before, after, renames(changes))
  return writer.isChanged ? bom + body.slice(0, edited.json.root) + writer.node(null) + body.slice(writer.end) : text
}

/**
 * Sets or removes the mark of the last synchronisation (`x-sync`) and keeps the formatting of all else.
 *
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 */
export function setSyncMark(text: string, mark: SyncMark | null): string {
  const { text: body, bom, edited } = open(text)
  const { json, style } = edited
  const root = json.container(json.root)
  const changed = editObject(edited, root, {
    member: (key, member) => (key !== 'x-sync' ? body.slice(member.start, member.end) : mark === null ? undefined : editValue(edited, member, mark)),
    keys: mark === null ? [] : ['x-sync'],
    added: (_, indent) => printValue(mark, indent, style),
    rank: (key) => rankOf('plan', key),
  })
  return bom + body.slice(0, json.root) + changed + body.slice(root.close + 1)
}

/** For ids that were renamed: the id in the text, or undefined for an id whose name in the text went to another. */
function renames(changes: readonly PlanChange[]): ReadonlyMap<string, string | undefined> {
  const origins = new Map<string, string | undefined>()
  for (const change of changes) {
    if (change.op !== 'rename' || change.id === change.to) continue
    const origin = origins.has(change.id) ? origins.get(change.id) : change.id
    origins.set(change.id, undefined)
    origins.set(change.to, origin)
  }
  return origins
}
