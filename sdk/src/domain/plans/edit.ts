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
import { detectStyle } from './json-print.ts'
import { JsonText } from './json-text.ts'
import { PlanWriter } from './plan-writer.ts'
import { BYTE_ORDER_MARK } from './source.ts'
import type { FlatPlan, Plan, PlanChange, PlanProblem, SyncMark } from './types.ts'
import { parsePlan } from './validate.ts'

/** A text that holds no plan this version can edit: it has errors, or its format is newer. */
export class PlanTextError extends Error {
  override readonly name = 'PlanTextError'
  /** Stable; switch on it. */
  readonly code = 'unreadable-plan'
  /** What is wrong with the text. */
  readonly problems: readonly PlanProblem[]

  constructor(problems: readonly PlanProblem[]) {
    const first = problems.find((problem) => problem.severity === 'error')
    super(first === undefined ? 'the plan cannot be edited' : `line ${first.line}: ${first.message} ${first.remedy}`)
    this.problems = problems
  }
}

/** What else an edit of a text is told. */
export interface TextEditOptions {
  /**
   * The mark of the last synchronisation (`x-sync`) to set; null removes it.
   * @defaultValue the mark stays as it is
   */
  mark?: SyncMark | null
  /**
   * The plan that the text holds, where the caller has read it already: exactly what `flattenPlan(parsePlan(text).plan)`
   * gives. The text is then not parsed a second time.
   */
  flat?: FlatPlan
}

function read(text: string, body: string): FlatPlan {
  try {
    const plan = JSON.parse(body) as Plan
    if (plan?.version === PLAN_FORMAT_VERSION && Array.isArray(plan.milestones)) {
      const flat = flattenPlan(plan)
      let listed = 0
      for (const list of flat.children.values()) listed += list.length
      if (listed === flat.items.size) return flat
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new PlanTextError(parsePlan(text).problems)
}

/**
 * Applies changes to the text of a plan, sets its mark, and keeps the formatting of all else.
 *
 * @remarks The result, parsed and flattened, equals `applyChanges(flattenPlan(JSON.parse(text)), changes)`.
 * @throws {PlanChangeError} for the first change that is impossible
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 * @example
 * writeFileSync(file, applyChangesToText(readFileSync(file, 'utf8'), [{ op: 'update', id: 'T1', set: { status: 'done' } }]))
 */
export function applyChangesToText(text: string, changes: readonly PlanChange[], { mark, flat }: TextEditOptions = {}): string {
  const bom = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
  const body = text.slice(bom.length)
  const before = flat ?? read(text, body)
  const after = applyChanges(before, changes)
  if (after === before && mark === undefined) return text
  const json = new JsonText(body)
  const edit = { before, after, touched: touched(changes, after), origins: renames(changes), mark }
  const writer = new PlanWriter({ json, style: detectStyle(json) }, edit)
  return writer.isChanged ? bom + body.slice(0, json.root) + writer.text() + body.slice(json.container(json.root).close + 1) : text
}

/**
 * Sets or removes the mark of the last synchronisation (`x-sync`) and keeps the formatting of all else.
 *
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 */
export const setSyncMark = (text: string, mark: SyncMark | null): string => applyChangesToText(text, [], { mark })

/** The items that the changes may have touched: known where they are updates only, otherwise all. */
function touched(changes: readonly PlanChange[], after: FlatPlan): Iterable<string> {
  const ids = new Set<string>()
  for (const change of changes) {
    if (change.op === 'update') ids.add(change.id)
    else if (change.op !== 'head') return after.items.keys()
  }
  return ids
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
