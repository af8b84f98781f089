/** Every kind of rule over every way that a write can come: GraphQL, REST, the SDK, `br` and sync. */
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import path from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { Plan, PlanChange } from '@buildrunner/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { PLAN, writePlan } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ signIn: false })
let client: BuildRunnerSDK
beforeAll(() => {
  const { baseUrl, apiKey } = journey.server
  client = new BuildRunnerSDK({ baseUrl, apiKey, maxRetries: 0 })
})

const PLAN_OF_TWO: Plan = {
  version: 1,
  project: { name: 'Ruled' },
  milestones: [
    { id: 'M-1', title: 'Build', phase: 'Build', steps: [{ id: 'S-1', title: 'Pages', microsteps: [{ id: 'T-1', title: 'Home' }, { id: 'T-2', title: 'Guide' }] }] },
    { id: 'M-2', title: 'Check', phase: 'QA', steps: [{ id: 'S-2', title: 'Checks', microsteps: [{ id: 'T-3', title: 'Links' }] }] },
  ],
}

interface Kind {
  readonly policy: string
  readonly rule: string
  /** What it refuses with; null: it lets pass. */
  readonly code: 'POLICY_REFUSED' | 'APPROVAL_REQUIRED' | null
  /** A write that it is about; every one sets T-2 to in_progress freely. */
  readonly item: string
  readonly status: 'done' | 'in_progress'
}

const rule = (effect: string): string => `version: 1\nrules:\n  - id: ruled\n    when: [plan.status.set]\n    condition: item.status == 'done'\n    message: Look twice.\n    effect: ${effect}\n`
const onDone = { rule: 'ruled', item: 'T-1', status: 'done' } as const
const KINDS: Readonly<Record<string, Kind>> = {
  block: { ...onDone, policy: rule('block'), code: 'POLICY_REFUSED' },
  require_approval: { ...onDone, policy: rule('require_approval\n    approvals: { roles: [QA] }'), code: 'APPROVAL_REQUIRED' },
  warn: { ...onDone, policy: rule('warn'), code: null },
  notify: { ...onDone, policy: rule('notify\n    notify: { roles: [PM] }'), code: null },
  'phase gate': { policy: 'version: 1\nphases:\n  - phase: Build\n  - phase: QA\n    require: { previews: 1 }\n', rule: 'phase:QA', code: 'POLICY_REFUSED', item: 'T-3', status: 'in_progress' },
}

interface Write {
  readonly projectId: string
  readonly item: string
  readonly status: Kind['status']
  /** The rule that is overridden. */
  readonly override?: string
}
interface Told {
  readonly code: string | null
  readonly rule: string | null
  /** Everything that was said beside the answer. */
  readonly warned: string
}
interface Surface {
  write(write: Write): Promise<Told>
  /** Ids of rules that stand in the way. */
  explain(write: Write): Promise<readonly string[]>
}

const REASON = 'Ticket 4711'
const changesOf = ({ item, status }: Write): PlanChange[] => [{ op: 'update', id: item, set: { status } }]
const overriding = ({ override }: Write) => (override === undefined ? undefined : { rules: [override], reason: REASON })
const passed = (warned = ''): Told => ({ code: null, rule: null, warned })
const post = async (address: string, body: object, { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) => {
  const { baseUrl, apiKey } = journey.server
  const response = await fetch(`${baseUrl}${address}`, { method, headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return { response, body: (await response.json()) as any }
}

const graphql: Surface = {
  async write(write) {
    const query = 'mutation ($p: ID!, $id: ID!, $status: Status!) { setStatus(input: { projectId: $p, id: $id, status: $status }) { __typename ... on Error { code } ... on PolicyError { rule } } }'
    const { body } = await post('/graphql', { query, variables: { p: write.projectId, id: write.item, status: write.status.toUpperCase() }, extensions: { override: overriding(write) } })
    const { code = null, rule: refusing = null } = body.data.setStatus
    return { code, rule: refusing, warned: JSON.stringify(body.extensions.policy ?? '') }
  },
  async explain(write) {
    const { body } = await post('/graphql', { query: 'query ($p: ID!, $c: PlanChanges) { explainPolicy(projectId: $p, changes: $c) { refusals { rule } } }', variables: { p: write.projectId, c: changesOf(write) } })
    return body.data.explainPolicy.refusals.map((one: { rule: string }) => one.rule)
  },
}
const rest: Surface = {
  async write(write) {
    const headers: Record<string, string> = write.override === undefined ? {} : { 'buildrunner-override': `rules=${encodeURIComponent(write.override)}; reason=${encodeURIComponent(REASON)}` }
    const { response, body } = await post(`/api/projects/${write.projectId}/microsteps/${write.item}/status`, { status: write.status }, { method: 'PUT', headers })
    return response.ok ? passed(decodeURIComponent(response.headers.get('buildrunner-policy-warnings') ?? '')) : { code: body.code, rule: body.rule, warned: '' }
  },
  explain: async (write) => (await post(`/api/projects/${write.projectId}/policy/explain`, { changes: changesOf(write) })).body.refusals.map((one: { rule: string }) => one.rule),
}
const sdk: Surface = {
  async write(write) {
    const { error, warnings } = await client.planning.setStatus({ projectId: write.projectId, id: write.item, status: write.status === 'done' ? 'DONE' : 'IN_PROGRESS' }, { override: overriding(write) })
    return error === undefined ? passed(JSON.stringify(warnings ?? '')) : { code: error.code, rule: String(error.details['rule']), warned: '' }
  },
  explain: async (write) => (await client.governance.explain({ projectId: write.projectId, changes: changesOf(write) }).orThrow()).refusals.map((one) => one.rule),
}
const sync: Surface = {
  async write(write) {
    const writes = [{ number: 1, changes: changesOf(write), base: [{ op: 'update', id: write.item, set: { status: null } }] as PlanChange[] }]
    const { data, error, warnings } = await client.sync.push({ projectId: write.projectId, replicaId: randomUUID(), baseSequence: 2, writes }, { override: overriding(write) })
    if (error !== undefined) throw error
    const [result] = data.results
    return { code: result?.code ?? null, rule: result?.rule ?? null, warned: JSON.stringify(warnings ?? '') }
  },
  // a write that was refused says itself which rule it was
  explain: async (write) => [(await sync.write(write)).rule ?? ''].filter((found) => found !== ''),
}
const env = (): Record<string, string> => ({ BUILDRUNNER_BASE_URL: journey.server.baseUrl, BUILDRUNNER_API_KEY: journey.server.apiKey })
const br: Surface = {
  async write(write) {
    const cwd = journey.cli.folder()
    const { sequence } = await client.events.list({ projectId: write.projectId, since: 0, first: 1 }).orThrow()
    const { document } = await client.planning.getDocument({ projectId: write.projectId }).orThrow()
    writePlan(cwd, { ...document, 'x-sync': { projectId: write.projectId, sequence } })
    const file = path.join(cwd, PLAN)
    const plan = JSON.parse(fs.readFileSync(file, 'utf8')) as Plan
    for (const item of plan.milestones.flatMap(({ steps = [] }) => steps).flatMap(({ microsteps = [] }) => microsteps)) if (item.id === write.item) item.status = write.status
    fs.writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`)
    const { code, stderr } = await journey.cli.run(['sync', ...(write.override === undefined ? [] : ['--override', write.override, '--reason', REASON])], { cwd, env: env() })
    if (code === 0) return passed(stderr)
    expect(code, stderr).toBe(5)
    return { code: stderr.includes('The agreement of') ? 'APPROVAL_REQUIRED' : 'POLICY_REFUSED', rule: /\(rule ([^,]+), line \d+\)/.exec(stderr)?.[1] ?? null, warned: stderr }
  },
  async explain(write) {
    const { stdout, stderr } = await journey.cli.run(['governance', 'explain', write.item, '--status', write.status, '--project', write.projectId, '--json'], { cwd: journey.cli.folder(), env: env() })
    expect(stderr).toBe('')
    return (JSON.parse(stdout) as { refusals: { rule: string }[] }).refusals.map((one) => one.rule)
  },
}

const SURFACES = { GraphQL: graphql, REST: rest, SDK: sdk, br, sync } as const

let projects = 0
async function ruled(policy: string): Promise<string> {
  const { id: projectId } = (await client.projects.create({ name: `Ruled ${++projects}` }).orThrow()).project
  await client.planning.importPlan({ projectId, document: PLAN_OF_TWO }).orThrow()
  await client.governance.apply({ projectId, text: policy, reason: 'Rules' }).orThrow()
  return projectId
}

describe.each(Object.entries(KINDS))('a rule of the kind %s', (kind, { policy, rule: ruleId, code, item, status }) => {
  test.each(Object.keys(SURFACES) as (keyof typeof SURFACES)[])('speaks, lets others pass, is overridden and explained over %s', async (name) => {
    const surface = SURFACES[name]
    const projectId = await ruled(policy)
    const meant = { projectId, item, status }
    expect(await surface.explain(meant)).toEqual(code === null ? [] : [ruleId])
    // over sync what lets pass was written by asking
    if (name !== 'sync' || code !== null) expect(await surface.write(meant)).toMatchObject(code === null ? { code: null } : { code, rule: ruleId })
    expect(await surface.write({ projectId, item: 'T-2', status: 'in_progress' })).toMatchObject({ code: null })
    const kinds = async (): Promise<string[]> => (await client.events.list({ projectId, since: 0 }).toArray()).map((event) => event.kind)
    if (kind === 'notify') expect(await kinds()).toContain('policy.notified')
    if (code === null) return
    expect(await kinds()).not.toContain('policy.overridden')
    expect(await surface.write({ ...meant, override: ruleId })).toMatchObject({ code: null })
    expect(await kinds()).toContain('policy.overridden')
  })
})

test.each(Object.keys(SURFACES) as (keyof typeof SURFACES)[])('a warning is told over %s', async (name) => {
  const projectId = await ruled((KINDS['warn'] as Kind).policy)
  expect((await SURFACES[name].write({ projectId, item: 'T-1', status: 'done' })).warned).toContain('Look twice.')
})
