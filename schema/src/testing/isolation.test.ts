/** Nobody sees another organisation's rows, and a key does what its scopes say: every root field, by walking the schema. */
import { beforeAll, describe, expect, test } from 'vitest'
import { GraphQLNonNull, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import type { GraphQLField, GraphQLInputType } from 'graphql'
import type { Actor } from '../context.ts'
import { schema } from '../schema.ts'
import { samplePlan } from './plans.ts'
import { createTestWorkspace } from './workspace.ts'
import type { TestWorkspace } from './workspace.ts'

let workspace: TestWorkspace
let stranger: Actor
let ids: Record<string, string>

beforeAll(async () => {
  workspace = await createTestWorkspace()
  stranger = (await workspace.stranger()).actor
  await workspace.project('secret', samplePlan(1, 1, 2))
  const { data } = await workspace.run<any>('{ viewer { organisation { id } } plan(projectId: "secret") { projectId milestones { id steps { id microsteps { id } } } } }')
  const [milestone] = data.plan.milestones
  const comment = await workspace.run<any>('mutation { addComment(input: { projectId: "secret", itemId: "m1", body: "x" }) { ... on AddCommentPayload { comment { id } } } }')
  ids = { project: data.plan.projectId, organisation: data.viewer.organisation.id, milestone: milestone.id, step: milestone.steps[0].id, microstep: milestone.steps[0].microsteps[0].id, comment: comment.data.addComment.comment.id }
})

/** A value for each kind of input, naming the other organisation's things where an id is wanted. */
function valueOf(name: string, type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType, depth)
  if (isListType(type)) return name === 'ids' ? [ids['project'], ids['milestone'], ids['comment']] : []
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    return Object.fromEntries(Object.values(type.getFields()).filter((field) => field.type instanceof GraphQLNonNull || field.name === 'name').map((field) => [field.name, valueOf(field.name, field.type, depth + 1)]))
  }
  const byName: Record<string, unknown> = { projectId: ids['project'], id: depth > 0 ? 'm1.s1.k1' : ids['microstep'], parent: 'm1.s1', commentId: ids['comment'], itemId: 'm1', body: 'B', key: 'new', title: 'T', name: 'N', document: samplePlan(1, 1, 1), changes: [], since: 0 }
  return byName[name] ?? 1
}

/** Mutations answer with unions that hold errors; queries fail as a whole. */
const SELECTION = { query: ' { __typename }', mutation: ' { __typename ... on Error { code } }' }

const PUBLIC = new Set(['health'])
/** What a key may always see or do of its own; there is no other organisation's thing to name. */
const OWN = new Set(['viewer', 'projects', 'createProject'])
/** Without changes of its own it only reads. */
const PULLS = new Set(['syncPlan'])
/** Answers every key about itself, or leaves out what it does not see. */
const UNSCOPED = new Set(['viewer', 'node', 'nodes'])

function operation(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): { source: string; variables: Record<string, unknown> } {
  const args = field.args.filter((arg) => arg.type instanceof GraphQLNonNull)
  const head = args.length === 0 ? '' : `(${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})`
  const pass = args.length === 0 ? '' : `(${args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})`
  return { source: `${kind} ${head} { answer: ${field.name}${pass}${String(field.type).includes('Connection') ? ' { nodes { __typename } }' : SELECTION[kind]} }`, variables: Object.fromEntries(args.map((arg) => [arg.name, valueOf(arg.name, arg.type)])) }
}

const fields = [
  ...Object.values(schema.getQueryType()!.getFields()).map((field) => ['query', field.name, field] as const),
  ...Object.values(schema.getMutationType()!.getFields()).map((field) => ['mutation', field.name, field] as const),
]

async function codeOf(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>, actor: Actor | null): Promise<string | null> {
  const { source, variables } = operation(kind, field)
  const { data, errors } = await workspace.run<any>(source, variables, workspace.context(actor))
  if (errors?.[0]) return ((errors[0].originalError as { code?: string } | undefined)?.code ?? errors[0].message)
  const answer = data?.answer
  if (answer === null || (Array.isArray(answer) && answer.every((entry) => entry === null))) return 'null'
  return answer.code ?? null
}

describe.each(fields.filter(([, name]) => !PUBLIC.has(name)))('%s %s', (kind, name, field) => {
  test('is refused without a key', async () => {
    expect(await codeOf(kind, field, null)).toBe('UNAUTHENTICATED')
  })

  if (!OWN.has(name)) test("shows and changes nothing of another organisation's", async () => {
    expect(['NOT_FOUND', 'null']).toContain(await codeOf(kind, field, stranger))
  })

  if (!OWN.has(name)) test('shows and changes nothing of a project that the key is not bound to', async () => {
    expect(['NOT_FOUND', 'null']).toContain(await codeOf(kind, field, { ...workspace.actor, projectId: '01930000-0000-7000-8000-000000000009' }))
  })

  if (!UNSCOPED.has(name)) test('is refused to a key without any scope, naming the permission', async () => {
    expect(await codeOf(kind, field, { ...workspace.actor, scopes: new Set() })).toBe('FORBIDDEN')
  })

  if (kind === 'mutation' && !PULLS.has(name)) test('is refused to a key that may only read', async () => {
    expect(await codeOf(kind, field, { ...workspace.actor, scopes: new Set(['projects.read', 'planner.read', 'comments.read']) })).toBe('FORBIDDEN')
  })
})

test('nothing of all that has changed the project', async () => {
  const { data } = await workspace.run<any>('{ plan(projectId: "secret") { sequence document } }')
  expect(data.plan).toEqual({ sequence: 3, document: samplePlan(1, 1, 2) })
})
