/** A dry run of rules over what happened already: what they would have stopped. */
import { compilePolicy, simulatePolicy } from '@buildrunner/sdk/policy'
import type { Simulation } from '@buildrunner/sdk/policy'
import { EMPTY_PLAN } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { ValidationError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { requireActor } from '../shared/permissions.ts'
import { pastEvents, planBefore, spanOf } from './history.ts'
import { readPlace } from './place.ts'
import { getPolicy, getVersion, requirePolicy } from './versions.ts'

/** Events that one dry run reads. */
export const MAX_SIMULATED_EVENTS = 200_000
const MAX_SAMPLES = 100
const DEFAULT_SAMPLES = 20
const DEFAULT_DAYS = 30
const DAY_MS = 86_400_000

export interface SimulatePolicy {
  readonly projectId: string
  /** YAML. Default: `version`, and without that what is in force. */
  readonly text?: string | null | undefined
  readonly version?: number | null | undefined
  /** Default: 30 days before `until`. */
  readonly since?: Date | null | undefined
  /** Default: now. */
  readonly until?: Date | null | undefined
  /** Of each rule. Default: 20. */
  readonly samples?: number | null | undefined
}

export interface PolicySimulated extends Simulation {
  readonly projectId: string
  readonly since: Date
  readonly until: Date
}

async function textOf(ctx: Context, { projectId, text, version }: SimulatePolicy): Promise<string> {
  if (text != null && version != null) throw new ValidationError('Give text or version, not both.', ['version'])
  if (text != null) return text
  const found = version == null ? await getPolicy(ctx, projectId) : await getVersion(ctx, projectId, version)
  if (found === null) throw new ValidationError('The project has no rules of its own: give the text of some.', ['text'])
  return found.text
}

/** @throws ValidationError for a text that is no policy, and for a time in which too much happened */
export async function simulate(ctx: Context, input: SimulatePolicy): Promise<PolicySimulated> {
  const place = await readPlace(ctx, 'governance.read', input.projectId)
  const compiled = compilePolicy(requirePolicy(await textOf(ctx, input)))
  const until = input.until ?? ctx.clock.now()
  const since = input.since ?? new Date(until.getTime() - DEFAULT_DAYS * DAY_MS)
  const samples = input.samples ?? DEFAULT_SAMPLES
  if (samples < 0 || samples > MAX_SAMPLES) throw new ValidationError(`samples is 0 to ${MAX_SAMPLES}; ${samples} is not.`, ['samples'])
  const span = await spanOf(ctx, place.project_id, since, until)
  if (span !== null && span.last - span.first >= MAX_SIMULATED_EVENTS) throw new ValidationError(`More than ${MAX_SIMULATED_EVENTS} events happened in that time. Give a later since.`, ['since'])
  const actor = requireActor(ctx)
  const project = { id: encodeNodeId('Project', place.project_id), slug: place.project_slug, name: place.project_name, tier: actor.tier, archived: place.archived }
  const simulation = span === null
    ? await simulatePolicy(compiled, { project, plan: EMPTY_PLAN, events: NOTHING, samples })
    : await simulatePolicy(compiled, { project, plan: await planBefore(ctx, span), events: pastEvents(ctx, actor.organisationId, span), samples })
  return { ...simulation, projectId: place.project_id, since, until }
}

const NOTHING: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }
