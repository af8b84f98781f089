/**
 * Where criteria stand, by the evidence that is kept: `judge` of the SDK in SQL, so that however long the history is, a criterion
 * costs two look-ups in an index. All criteria of a request are judged in one statement.
 */
import { criteriaOf, demandOf } from '@buildrunner/sdk/quality'
import type { CriterionState, StaleReason, Verdict } from '@buildrunner/sdk/quality'
import type { AcceptanceCriterion } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import { statement } from '../shared/database.ts'
import { requireActor } from '../shared/permissions.ts'
import { leftBranch } from './rows.ts'

/** How long a check that was seen to be flaky is shown as such. */
export const FLAKY_DAYS = 30
const DAY_MS = 86_400_000

/** An item whose criteria are to be judged. */
export interface AskedItem {
  readonly uuid: string
  readonly criteria: readonly AcceptanceCriterion[]
}

/** A criterion and where it stands. */
export interface JudgedCriterion extends Verdict {
  readonly key: string
  readonly criterion: AcceptanceCriterion
  /** It was seen to be flaky in the last {@link FLAKY_DAYS} days, as it stands now. */
  readonly flaky: boolean
}

const OF_CRITERION = `FROM evidence e WHERE e.item_id = w.item_id AND e.criterion_key = w.key AND e.organisation_id = $5::uuid AND e.outcome <> 'skipped'`
const AS_IT_STANDS = `e.criterion_digest = w.digest AND e.check_kind = w.kind::check_kind`
const VERDICTS = statement<[n: string, state: CriterionState, evidenceId: string | null, staleBecause: StaleReason | null, flaky: string]>(
  'qa:verdicts',
  `SELECT w.n, CASE WHEN f.outcome = 'passed' THEN 'met' WHEN f.id IS NOT NULL THEN 'failed' WHEN s.id IS NOT NULL THEN 'stale' ELSE 'missing' END, coalesce(f.id, s.id),
     CASE WHEN s.id IS NULL THEN NULL WHEN s.changed THEN 'CRITERION_CHANGED' ELSE 'COMMIT_LEFT_BRANCH' END,
     EXISTS (SELECT FROM evidence e WHERE e.flaky AND e.item_id = w.item_id AND e.criterion_key = w.key AND e.organisation_id = $5::uuid AND e.criterion_digest = w.digest AND e.created_at > $6::timestamptz)
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS w (item_id, key, digest, kind, n)
   LEFT JOIN LATERAL (SELECT e.id, e.outcome ${OF_CRITERION} AND ${AS_IT_STANDS} AND NOT ${leftBranch('e')} ORDER BY e.sequence DESC LIMIT 1) f ON true
   LEFT JOIN LATERAL (SELECT e.id, NOT (${AS_IT_STANDS}) AS changed ${OF_CRITERION} AND f.id IS NULL ORDER BY e.sequence DESC LIMIT 1) s ON true`,
)

/** Judges the criteria of items; in one statement, and in none where there are no criteria. Answers by the item's UUID, criteria in their order. */
export async function readVerdicts(ctx: Context, items: readonly AskedItem[]): Promise<Map<string, JudgedCriterion[]>> {
  const { organisationId } = requireActor(ctx)
  const asked = items.flatMap(({ uuid, criteria }) => [...criteriaOf(criteria)].map(([key, criterion]) => ({ uuid, key, criterion, ...demandOf(criterion) })))
  const judged = new Map(items.map(({ uuid }) => [uuid, [] as JudgedCriterion[]]))
  if (asked.length === 0) return judged
  const each = (value: (one: (typeof asked)[number]) => string): string[] => asked.map(value)
  const rows = await ctx.db.queryText(VERDICTS, [
    each(({ uuid }) => uuid), each(({ key }) => key), each(({ digest }) => digest), each(({ checkKind }) => checkKind), organisationId, new Date(ctx.clock.now().getTime() - FLAKY_DAYS * DAY_MS),
  ])
  const found = new Map(rows.map((row) => [Number(row[0]) - 1, row]))
  for (const [index, { uuid, key, criterion }] of asked.entries()) {
    const [, state, evidenceId, staleBecause, flaky] = found.get(index)!
    judged.get(uuid)!.push({ key, criterion, state, evidenceId, staleBecause, flaky: flaky === 't' })
  }
  return judged
}

/** The same for one item; those of a request together, in one statement. @param criteria JSON, as it is stored */
export async function verdictsOf(ctx: Context, uuid: string, criteria: string | null): Promise<readonly JudgedCriterion[]> {
  if (criteria === null) return []
  const judged = await batched(ctx, 'qa:verdicts', `${uuid}${criteria}`, async (keys) => {
    const asked = new Map(keys.map((key) => [key, { uuid: key.slice(0, uuid.length), criteria: JSON.parse(key.slice(uuid.length)) as AcceptanceCriterion[] }]))
    const verdicts = await readVerdicts(ctx, [...new Map([...asked.values()].map((item) => [item.uuid, item])).values()])
    return new Map([...asked].map(([key, item]) => [key, verdicts.get(item.uuid)!]))
  })
  return judged ?? []
}
