/** The first start: an organisation, its administrator, a key, and a demo project with a real plan. */
import { EMPTY_PLAN, diffPlans, flattenPlan } from '@buildrunner/sdk/plans'
import type { Plan } from '@buildrunner/sdk/plans'
import type { Actor, Context, Services } from '../context.ts'
import { newApiKey } from '../identity/keys.ts'
import { ADMINISTRATOR } from '../identity/standing.ts'
import { insertKey } from '../keys/rows.ts'
import { foundOrganisation } from '../organisations/found.ts'
import { createProject } from '../projects/service.ts'
import { statement } from '../shared/database.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import type { PlatformRole } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { syncPlan } from '../sync/service.ts'

/** How the log names what the set-up wrote. */
const SETUP = 'setup'
const DEMO_SLUG = 'demo'

export interface Workspace {
  /** True when this call made it. */
  readonly created: boolean
  /** Only when it was made by this call: a key is shown once. */
  readonly apiKey?: string
  /** Node id of the demo project, or of the oldest project. Null when there is none. */
  readonly projectId: string | null
}

interface Found {
  organisation_id: string | null
  user_id: string | null
  /** The oldest project that is in use. */
  project_id: string | null
  projects: number
  /** The demo project, while it has no plan yet. */
  unfilled: string | null
}

const FIND = statement<Found>(
  'workspace:find',
  `WITH oldest AS (SELECT id FROM organisations ORDER BY created_at, id LIMIT 1)
   SELECT (SELECT id FROM oldest) AS organisation_id,
     (SELECT m.user_id FROM members m JOIN oldest ON oldest.id = m.organisation_id WHERE m.role = 'TenantAdmin' ORDER BY m.created_at LIMIT 1) AS user_id,
     (SELECT id FROM projects WHERE archived_at IS NULL ORDER BY created_at, id LIMIT 1) AS project_id,
     (SELECT count(*)::int FROM projects) AS projects,
     (SELECT p.id FROM projects p JOIN oldest ON oldest.id = p.organisation_id JOIN event_streams s ON s.id = p.id AND s.sequence = 1
        JOIN runner_events e ON e.stream_id = p.id AND e.sequence = 1 AND e.origin = '${SETUP}' WHERE p.slug = '${DEMO_SLUG}') AS unfilled`,
)

const USER: Omit<RowChange, 'values'> = {
  name: 'workspace-user',
  text: (p) => `INSERT INTO users (id, email, email_verified, name, platform_role, created_at) SELECT $6::uuid, lower(${p(1)}::text), true, ${p(2)}::text, ${p(3)}::platform_role, $10::timestamptz FROM head`,
}

export interface WorkspaceOptions {
  readonly plan: Plan
  readonly organisation?: { slug: string; name: string }
  readonly administrator?: { email: string; name: string; platformRole?: PlatformRole }
  readonly projectName?: string
}

/** A context for work that no request asked for. */
export const systemContext = (services: Services, actor: Actor): Context => ({ ...services, actor, requestId: newUuid(), origin: SETUP, address: null, language: null, override: null, warnings: [], memo: new Map() })

/** The administrator of an organisation, for work that no request asked for. */
export const setupActor = (who: Pick<Actor, 'userId' | 'organisationId'> & { apiKeyId: string }): Actor & { apiKeyId: string } => ({
  ...who, ...ADMINISTRATOR, sessionId: null, projectId: null, scopes: new Set(['*']), impersonator: null, restriction: null,
})

/** Makes an organisation with an administrator and a key that may do everything. */
export async function createOrganisation(services: Services, options: Required<Pick<WorkspaceOptions, 'organisation' | 'administrator'>>): Promise<{ ctx: Context; apiKey: string }> {
  const key = await newApiKey(services.keyHashCost)
  const actor = setupActor({ userId: newUuid(), organisationId: newUuid(), apiKeyId: newUuid() })
  const ctx = systemContext(services, actor)
  const { email, name, platformRole = null } = options.administrator
  await foundOrganisation(ctx, options.organisation, [
    { ...USER, values: [email, name, platformRole] },
    insertKey({ id: actor.apiKeyId, name: 'Set-up key', projectId: null, scopes: ['*'], expiresAt: null, rotatedFromId: null }, key),
  ])
  return { ctx, apiKey: key.key }
}

/**
 * Makes the workspace when the database is empty, and finds its oldest project otherwise. Each of its three writes may be
 * the last one before a crash: the next start goes on from there.
 */
export async function ensureWorkspace(services: Services, options: WorkspaceOptions): Promise<Workspace> {
  const [found] = await services.db.query(FIND, [])
  const made = found?.organisation_id == null ? await createOrganisation(services, withDefaults(options)) : null
  const ctx = made?.ctx ?? administratorContext(services, found as Found)
  let projectId = found?.project_id ?? null
  if (ctx !== null && (found?.projects ?? 0) === 0) projectId = (await createProject(ctx, { name: options.projectName ?? options.plan.project.name, slug: DEMO_SLUG })).projectId
  const unfilled = found?.unfilled ?? (found?.projects ? null : projectId)
  if (ctx !== null && unfilled !== null) {
    const changes = diffPlans(EMPTY_PLAN, flattenPlan(options.plan))
    await syncPlan(ctx, { projectId: unfilled }, { baseSequence: 0, basePatch: [], changes, resolutions: [], dryRun: false })
  }
  return { created: made !== null, ...(made && { apiKey: made.apiKey }), projectId: projectId === null ? null : encodeNodeId('Project', projectId) }
}

const withDefaults = (options: WorkspaceOptions): Parameters<typeof createOrganisation>[1] => ({
  organisation: options.organisation ?? { slug: 'demo', name: 'Demo organisation' },
  administrator: options.administrator ?? { email: 'admin@localhost', name: 'Administrator', platformRole: 'GlobalAdmin' },
})

/** Null when nobody administrates the organisation: then there is nobody to act for. */
const administratorContext = (services: Services, { organisation_id, user_id }: Found): Context | null =>
  organisation_id === null || user_id === null ? null : systemContext(services, setupActor({ userId: user_id, organisationId: organisation_id, apiKeyId: newUuid() }))
