/** The permission matrix, cell by cell over the real API: every role times every mutation of the schema. */
import { schema } from '@buildrunner/schema'
import { permissionForOthersOf, permissionOf } from '@buildrunner/schema/shared/field-permissions'
import { grants, PERMISSIONS } from '@buildrunner/schema/shared/permissions'
import type { Permission, ProjectRole, Role } from '@buildrunner/schema/shared/permissions'
import { addCast, ROLES } from '@buildrunner/schema/testing/people'
import type { Person } from '@buildrunner/schema/testing/people'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { getNamedType, isUnionType } from 'graphql'
import type { GraphQLField, GraphQLObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send, startTestServer } from './testing/graphql.ts'
import type { TestServer } from './testing/graphql.ts'
import { PREPARED, PROJECT, WITHOUT_PERMISSION } from './testing/prepared-mutations.ts'
import type { Stage } from './testing/prepared-mutations.ts'

let workspace: TestWorkspace
let server: TestServer
let cast: Readonly<Record<Role, Person>>

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project(PROJECT, samplePlan())
  const { rows } = await workspace.pool.query<{ id: string }>('SELECT id FROM projects')
  cast = await addCast(workspace, (rows[0] as { id: string }).id)
  server = await startTestServer(workspace)
})
afterAll(() => server.close())

const MUTATIONS = Object.values((schema.getMutationType() as GraphQLObjectType).getFields())
const PROTECTED = MUTATIONS.filter((field) => permissionOf(field) !== null)

const WITHOUT_PROJECT: readonly Role[] = ['Member', 'SupportAgent', 'GlobalAdmin']

/** What the matrix says that a person of a role is answered. */
function expected(role: Role, permission: Permission): 'payload' | 'FORBIDDEN' | 'NOT_FOUND' {
  if (PERMISSIONS[permission].level === 'project' && WITHOUT_PROJECT.includes(role)) return 'NOT_FOUND'
  const asMember = PERMISSIONS[permission].level !== 'project' && role !== 'TenantAdmin' && grants('Member', permission)
  return asMember || grants(role as ProjectRole, permission) ? 'payload' : 'FORBIDDEN'
}

const hiddenFrom = (role: Role, permission: Permission, hidden: boolean): ReturnType<typeof expected> => (hidden && expected(role, permission) === 'FORBIDDEN' ? 'NOT_FOUND' : expected(role, permission))

let counter = 0
const stageOf = (person: Person): Stage => ({
  person,
  fresh: (prefix) => `${prefix}${++counter}`,
  admin: (query, variables) => send(server.url, workspace.apiKey, query, variables),
  sql: async (text, values) => (await workspace.pool.query(text, values)).rows as unknown[],
})

function document(field: GraphQLField<unknown, unknown>): string {
  const result = getNamedType(field.type)
  const members = isUnionType(result) ? result.getTypes() : []
  const errors = members.filter((type) => type.getInterfaces().some(({ name }) => name === 'Error')).map(({ name }) => `... on ${name} { code message${name === 'ForbiddenError' ? ' permission' : ''} }`)
  return `mutation ($input: ${String(field.args[0]?.type)}) { answer: ${field.name}(input: $input) { __typename ${errors.join(' ')} } }`
}

/** Code and permission of a refusal, or `payload`. */
async function ask(field: GraphQLField<unknown, unknown>, person: Person, input: object): Promise<{ outcome: string; permission?: string | undefined; message?: string | undefined }> {
  const { data, errors } = await send(server.url, person.apiKey, document(field), { input })
  if (errors?.[0]) return { outcome: errors[0].extensions.code, permission: errors[0].extensions.permission, message: errors[0].message }
  const { __typename, code, permission, message } = data.answer as { __typename: string; code?: string; permission?: string; message?: string }
  return __typename.endsWith('Payload') ? { outcome: 'payload' } : { outcome: code ?? __typename, permission, message }
}

test('every mutation names its permission and has a prepared input here, or needs none', () => {
  expect(PROTECTED.map(({ name }) => name).filter((name) => !(name in PREPARED)), 'add these to PREPARED in api/src/testing/prepared-mutations.ts').toEqual([])
  expect(MUTATIONS.filter((field) => permissionOf(field) === null).map(({ name }) => name), 'give these `extensions: { permission }`, or a reason in WITHOUT_PERMISSION').toEqual(Object.keys(WITHOUT_PERMISSION).sort())
  expect(Object.keys(PREPARED).filter((name) => !PROTECTED.some((field) => field.name === name))).toEqual([])
  expect(PROTECTED.filter((field) => (permissionForOthersOf(field) === null) !== (PREPARED[field.name]?.others === undefined)).map(({ name }) => name)).toEqual([])
})

describe.each(PROTECTED.filter(({ name }) => name in PREPARED).map((field) => [field.name, field] as const))('%s', (name, field) => {
  const { input, others, othersHidden, inProject, undo } = PREPARED[name] as (typeof PREPARED)[string]
  const answerTo = (role: Role, permission: Permission, hidden: boolean) => (inProject && WITHOUT_PROJECT.includes(role) ? 'NOT_FOUND' : hiddenFrom(role, permission, hidden))
  const variants = [['', permissionOf(field), input], [" of somebody else's", permissionForOthersOf(field), others]] as const
  for (const [what, permission, prepare] of variants) {
    if (permission !== null && prepare !== undefined) test.each(ROLES.map((role) => [role, answerTo(role, permission, what !== '' && othersHidden === true)] as const))(`${permission}${what}: %s gets %s`, async (role, outcome) => {
      const stage = stageOf(cast[role])
      const answered = await ask(field, cast[role], await prepare(stage))
      // whoever may not write at all is refused for that, whosever it is
      const named = what !== '' && expected(role, permissionOf(field) as Permission) === 'FORBIDDEN' ? permissionOf(field) : permission
      expect(answered).toEqual(outcome === 'payload' ? { outcome } : { outcome, permission: outcome === 'FORBIDDEN' ? named : undefined, message: expect.any(String) })
      if (outcome === 'payload') await undo?.(stage)
    })
  }
})
