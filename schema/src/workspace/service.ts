/** The first start: an organisation, its administrator, a key, and a demo project with a real plan. */
import { EMPTY_PLAN, diffPlans, flattenPlan } from '@buildrunner/sdk/plans'
import type { Plan } from '@buildrunner/sdk/plans'
import type { Actor, Context, Services } from '../context.ts'
import { newApiKey } from '../identity/keys.ts'
import { syncPlan } from '../plans/service.ts'
import { createProject } from '../projects/service.ts'
import { statement } from '../shared/database.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import { commitWrite } from '../shared/write.ts'
import type { RowChange } from '../shared/write.ts'

export interface Workspace {
  /** True when this call made it. */
  readonly created: boolean
  /** Only when it was made by this call: a key is shown once. */
  readonly apiKey?: string
  /** Node id of the demo project, or of the oldest project. Null when there is none. */
  readonly projectId: string | null
}

const OLDEST = statement<{ organisation_id: string | null; project_id: string | null }>(
  'workspace:oldest',
  `SELECT (SELECT id FROM organisations ORDER BY created_at, id LIMIT 1) AS organisation_id, (SELECT id FROM projects WHERE archived_at IS NULL ORDER BY created_at, id LIMIT 1) AS project_id`,
)

const MEMBER: Omit<RowChange, 'values'> = {
  name: 'workspace',
  text: (p) => `INSERT INTO organisations (id, slug, name, created_at) SELECT $3::uuid, ${p(1)}::text, ${p(2)}::text, $10::timestamptz FROM head`,
}
const USER: Omit<RowChange, 'values'> = {
  name: 'workspace-user',
  text: (p) => `INSERT INTO users (id, email, name, created_at) SELECT $6::uuid, ${p(1)}::text, ${p(2)}::text, $10::timestamptz FROM head`,
}
const MEMBERSHIP: Omit<RowChange, 'values'> = {
  name: 'workspace-member',
  text: () => `INSERT INTO members (organisation_id, user_id, role, created_at) SELECT $3::uuid, $6::uuid, 'TenantAdmin', $10::timestamptz FROM head`,
}
const KEY: Omit<RowChange, 'values'> = {
  name: 'workspace-key',
  text: (p) => `INSERT INTO api_keys (id, organisation_id, user_id, name, key_prefix, key_hash, scopes, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, $6::uuid, ${p(2)}::text, ${p(3)}::text, ${p(4)}::text, ARRAY['*'], $10::timestamptz FROM head`,
}

export interface WorkspaceOptions {
  readonly plan: Plan
  readonly organisation?: { slug: string; name: string }
  readonly administrator?: { email: string; name: string }
  readonly projectName?: string
}

/** A context for work that no request asked for. */
export const systemContext = (services: Services, actor: Actor): Context => ({ ...services, actor, requestId: newUuid(), origin: 'setup', address: null, memo: new Map() })

/** Makes an organisation with an administrator and a key that may do everything. */
export async function createOrganisation(services: Services, options: Required<Pick<WorkspaceOptions, 'organisation' | 'administrator'>>): Promise<{ ctx: Context; apiKey: string }> {
  const { key, prefix, hash } = await newApiKey()
  const organisationId = newUuid()
  const actor: Actor = { userId: newUuid(), organisationId, apiKeyId: newUuid(), projectId: null, scopes: new Set(['*']) }
  const ctx = systemContext(services, actor)
  const after = JSON.stringify({ ...options.organisation, administrator: options.administrator.email })
  await commitWrite(ctx, {
    action: 'organisation.create', target: { type: 'organisation', id: organisationId }, organisationId, stream: { id: organisationId, expected: null },
    event: { kind: 'organisation.created', version: 1, data: after }, before: null, after, idempotency: null, result: null,
    rows: [
      { ...MEMBER, values: [options.organisation.slug, options.organisation.name] },
      { ...USER, values: [options.administrator.email, options.administrator.name] },
      { ...MEMBERSHIP, values: [] },
      { ...KEY, values: [actor.apiKeyId, 'Set-up key', prefix, hash] },
    ],
  })
  return { ctx, apiKey: key }
}

/** Makes the workspace when the database is empty; otherwise finds the oldest project. */
export async function ensureWorkspace(services: Services, options: WorkspaceOptions): Promise<Workspace> {
  const [oldest] = await services.db.query(OLDEST, [])
  if (oldest?.organisation_id != null) return { created: false, projectId: oldest.project_id === null ? null : encodeNodeId('Project', oldest.project_id) }
  const { ctx, apiKey } = await createOrganisation(services, {
    organisation: options.organisation ?? { slug: 'demo', name: 'Demo organisation' },
    administrator: options.administrator ?? { email: 'admin@localhost', name: 'Administrator' },
  })
  const { projectId } = await createProject(ctx, { name: options.projectName ?? options.plan.project.name, slug: 'demo' })
  const changes = diffPlans(EMPTY_PLAN, flattenPlan(options.plan))
  await syncPlan(ctx, { projectId }, { baseSequence: 0, basePatch: [], changes, resolutions: [], dryRun: false })
  return { created: true, apiKey, projectId: encodeNodeId('Project', projectId) }
}
