/** What rules of a policy may ask of quality: read only where a rule asks. */
import type { AcceptanceCriterion } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { requireActor } from '../shared/permissions.ts'
import { readVerdicts } from './verdicts.ts'

/** An item as it is after the write that is decided about. */
export interface FactsOf {
  /** Its UUID. */
  readonly id: string
  readonly criteria: readonly AcceptanceCriterion[] | null
}

/** What evidence says of an item's own criteria. */
export interface ItemEvidence {
  readonly total: number
  readonly met: number
  readonly stale: number
  /** It has criteria, and fresh evidence says of each that it is met. */
  readonly passed: boolean
  /** How many of its criteria have evidence, fresh or stale. */
  readonly count: number
}

/** Evidence of items by UUID, in one statement; in none where no item has criteria. */
export async function evidenceFacts(ctx: Context, items: readonly FactsOf[]): Promise<Map<string, ItemEvidence>> {
  const verdicts = await readVerdicts(ctx, items.map(({ id, criteria }) => ({ uuid: id, criteria: criteria ?? [] })))
  return new Map([...verdicts].map(([id, judged]) => {
    const count = (state: string): number => judged.filter((one) => one.state === state).length
    const [total, met] = [judged.length, count('met')]
    return [id, { total, met, stale: count('stale'), passed: total > 0 && met === total, count: total - count('missing') }]
  }))
}

const READY = statement<{ item_id: string; ready: number }>(
  'qa:previews:ready',
  `SELECT item_id, count(*)::int AS ready FROM previews WHERE item_id = ANY($1::uuid[]) AND organisation_id = $2::uuid AND status = 'ready' AND expires_at > $3::timestamptz GROUP BY item_id`,
)

/** How many previews of milestones can be looked at now, by UUID. */
export async function previewFacts(ctx: Context, milestoneIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.db.query(READY, [milestoneIds, requireActor(ctx).organisationId, ctx.clock.now()])
  return new Map([...milestoneIds.map((id) => [id, 0] as const), ...rows.map(({ item_id, ready }) => [item_id, ready] as const)])
}
