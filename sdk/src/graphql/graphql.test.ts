import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compile } from '../../test/compile.ts'
import { startServer } from '../../test/server.ts'
import { Client } from '../client.ts'
import { InputError, NotFoundError } from '../errors.ts'
import { graphql, readFragment } from './index.ts'

const { apiUrl, apiKey, projectId } = await startServer()

/** A client, and how many requests it has sent. */
function createClient() {
  const sent: string[] = []
  const countingFetch: typeof fetch = (input, init) => {
    sent.push(String(init?.body))
    return fetch(input, init)
  }
  return { sent, client: new Client({ apiKey, projectId, baseUrl: apiUrl, fetch: countingFetch }) }
}

const Item = graphql('fragment Item on Microstep { key status }')
const Tree = graphql('fragment Tree on Plan { milestones { title steps { title microsteps { ...Item } } } }', [Item])

describe('a document', () => {
  test('fetches in one request what a loop over relations would, typed by the schema', async () => {
    const { sent, client } = createClient()
    const Overview = graphql('query($first: Int!) { projects(first: $first) { nodes { slug plan { ...Tree } } } }', [Tree])
    const { projects } = await client.request(Overview, { first: 10 }).orThrow()
    const milestones = projects.nodes.flatMap(({ plan }) => readFragment(Tree, plan).milestones)
    const microsteps = milestones.flatMap(({ steps }) => steps).flatMap((step) => readFragment(Item, step.microsteps))
    expect(milestones.map(({ title }) => title)).toEqual(['Alpha', 'Beta'])
    expect(microsteps.map(({ key, status }) => `${key} ${status}`)).toEqual(['T-1 DONE', 'T-12 TODO'])
    expect(sent).toHaveLength(1)
  })

  test('has its projectId and idempotencyKey filled in, and gives the errors of a mutation as they are', async () => {
    const { client } = createClient()
    const SetStatus = graphql(`
      mutation($projectId: ID!, $id: ID!, $status: Status!, $idempotencyKey: String) {
        setStatus(input: { projectId: $projectId, id: $id, status: $status, idempotencyKey: $idempotencyKey }) {
          __typename
          ... on SetStatusPayload { microstep { ...Item } }
          ... on Error { code }
        }
      }
    `, [Item])
    const set = async (id: string) => (await client.request(SetStatus, { id, status: 'IN_PROGRESS' }).orThrow()).setStatus
    const done = await set('T-12')
    expect(done.__typename === 'SetStatusPayload' && readFragment(Item, done.microstep)).toMatchObject({ key: 'T-12', status: 'IN_PROGRESS' })
    expect(await set('T-99')).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
  })

  test('that the server refuses gives its error', async () => {
    const { data, error } = await createClient().client.request(graphql('query($projectId: ID!) { project(projectId: $projectId) { name } }'), { projectId: 'nowhere' })
    expect(data).toEqual({ project: null })
    expect(error).toBeInstanceOf(NotFoundError)
  })

  test('is sent with each fragment once, however it was reached, and without the directives of gql.tada', () => {
    const A = graphql('fragment A on Microstep @_unmask { key }')
    const B = graphql('fragment B on Microstep { ...A }', [A])
    const C = graphql('fragment C on Microstep { title ...A }', [A])
    const { body } = graphql('query($projectId: ID!, $id: ID!) { item(projectId: $projectId, id: $id) { ...A ...B ...C } }', [A, B, C]).loc!.source
    expect(parse(body).definitions.map((definition) => 'name' in definition && definition.name?.value)).toEqual([undefined, 'A', 'B', 'C'])
    expect(body).not.toContain('@_unmask')
  })

  test('that was made without its text is refused before anything is sent', async () => {
    const { sent, client } = createClient()
    const { error } = await client.request({ kind: 'Document' })
    expect(error).toBeInstanceOf(InputError)
    expect(sent).toEqual([])
  })

  test('says where to take one from for a client that parses', () => {
    expect(() => graphql('{ viewer { name } }').definitions).toThrow('@buildrunner/sdk/urql')
  })
})

const PROGRAM = `
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { graphql, readFragment } from '@buildrunner/sdk/graphql'
const client = new BuildRunnerSDK()
const Plan = graphql('fragment Plan on Plan { sequence document }')
const Query = graphql('query($projectId: ID!, $after: String) { project(projectId: $projectId) { name createdAt plan { ...Plan } steps(after: $after) { totalCount } } }', [Plan])
const { project } = await client.request(Query, { after: 'x' }).orThrow()
`

const RIGHT = `
const text: string = project!.name + project!.createdAt + readFragment(Plan, project!.plan).document.project.name
await client.request(Query)
`
/** Each line, and what the compiler says of it. */
const WRONG = new Map([
  ['project!.slug', "Property 'slug' does not exist"],
  ['void (await client.request(graphql(\'{ viewer { shoeSize } }\')).orThrow()).viewer.shoeSize.length', "is of type 'unknown'"],
  ['project!.plan.sequence', "Property 'sequence' does not exist"],
  ['project.name', "'project' is possibly 'null'"],
  ['await client.request(Query, { after: 7 })', "Type 'number' is not assignable to type 'string'"],
  ["await client.request(Query, { before: 'x' })", "'before' does not exist"],
  ["await client.request(graphql('query($id: ID!) { node(id: $id) { id } }'))", 'is not assignable to parameter'],
  ["graphql.scalar('Status', 'FINISHED')", "'\"FINISHED\"' is not assignable"],
])

test('the compiler takes what the schema has, and refuses wrong fields, variables and values', () => {
  expect(compile(PROGRAM + RIGHT)).toEqual([])
  const errors = [...WRONG.values()].map((error) => expect.stringContaining(error) as string)
  expect(compile(PROGRAM + [...WRONG.keys()].join('\n'))).toEqual(errors)
})

test('the entry adds at most 0.4 KB to the client: neither gql.tada nor a parser is in a bundle', async () => {
  const client = "export { Client } from './client.ts'"
  const [alone, both] = await Promise.all([bundle(client), bundle(`${client}; export * from './graphql/index.ts'`)])
  expect(both.files.filter((file) => file.includes('node_modules'))).toEqual([])
  expect(both.gzipped - alone.gzipped).toBeLessThanOrEqual(400)
})

async function bundle(contents: string): Promise<{ gzipped: number; files: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'browser', external: ['graphql-ws/client'],
  })
  return { gzipped: gzipSync(outputFiles[0]!.contents, { level: 9 }).length, files: Object.keys(metafile.inputs) }
}
