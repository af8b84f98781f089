import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCurrent } from './breaking/current.ts'
import { openApiBreaks } from './breaking/openapi-changes.ts'
import { readReleases, writeRelease } from './breaking/releases.ts'
import { findBreaks } from './check-breaking.ts'

const root = join(import.meta.dirname, '..', '..')
const { schema: described, ...surface } = readCurrent(root, '9.9.9')
/** Without descriptions, so that a line can be taken away. */
const current = { ...surface, schema: described.replace(/^ *"""[^]*?"""\n/gm, '') }
const release = { version: '9.9.9', ...current }

test('today\'s surface breaks no operation of any release, nor of itself', () => {
  const releases = readReleases(root)
  expect(releases.map(({ version }) => version)).toContain('0.1.0')
  expect(findBreaks([...releases, release], current)).toEqual([])
})

/** The schema with one definition changed; a change that changes nothing is a fault of the test. */
function changed(type: string, from: RegExp | string, to: string): string {
  const definition = new RegExp(`^(?:union ${type} .*|(?:type|input|enum) ${type} [^]*?^})$`, 'm').exec(current.schema)?.[0] ?? ''
  const replaced = definition.replace(from, to)
  expect(replaced).not.toBe(definition)
  return current.schema.replace(definition, replaced)
}

/** An argument of `projects`: others have arguments of that name too. */
const SEARCH = /(?<=^ {2}projects\([^)]*)^ {4}search: String$/m

const ofSchema = (schema: string): string[] => findBreaks([release], { ...current, schema }).map(({ release: version, operation, what }) => `${version} ${operation}: ${what}`)

describe('a change of the schema that breaks an operation is named with it:', () => {
  test.each<[string, () => string, string]>([
    ['a field is gone', () => changed('Project', /^ {2}slug: String!$/m, ''), '9.9.9 projects_get: Project.slug was removed.'],
    ['a field can be null now', () => changed('Project', /^ {2}slug: String!$/m, '  slug: String'), '9.9.9 projects_list: Project.slug changed type from String! to String.'],
    ['a field has another type', () => changed('Viewer', /^ {2}email: String!$/m, '  email: [String!]!'), '9.9.9 viewer_get: Viewer.email changed type from String! to [String!]!.'],
    ['a root field is gone', () => changed('Mutation', /^ {2}setStatus\([^]*?\): SetStatusResult!$/m, ''), '9.9.9 planning_setStatus: Mutation.setStatus was removed.'],
    ['an argument is gone', () => changed('Query', SEARCH, ''), '9.9.9 projects_list: Query.projects arg search was removed.'],
    ['an argument is required that nobody gives', () => changed('Query', SEARCH, '    search: String\n    region: String!'), '9.9.9 projects_list: A required arg region on Query.projects was added.'],
    ['an argument has become required', () => changed('Query', SEARCH, '    search: String!'), '9.9.9 projects_list: Query.projects arg search has changed type from String to String!.'],
    ['an input field is gone', () => changed('UpdateProjectInput', /^ {2}description: String$/m, ''), '9.9.9 projects_update: UpdateProjectInput.description was removed.'],
    ['an input field has become required', () => changed('UpdateProjectInput', /^ {2}name: String$/m, '  name: String!'), '9.9.9 projects_update: UpdateProjectInput.name changed type from String to String!.'],
    ['a new input field is required', () => changed('CreateProjectInput', /^ {2}slug: String$/m, '  slug: String\n  region: String!'), '9.9.9 projects_create: A required field region on input type CreateProjectInput was added.'],
    ['a field inside an input that callers fill is gone', () => changed('EstimateInput', /^ {2}likely: Float$/m, ''), '9.9.9 planning_addMicrostep: EstimateInput.likely was removed.'],
    ['a value of an enum is gone', () => changed('Status', /^ {2}IN_REVIEW$/m, ''), '9.9.9 planning_setStatus: IN_REVIEW was removed from enum type Status.'],
    ['a member of a union is gone', () => changed('PlanItem', / \| Step$/m, ''), '9.9.9 planning_getItem: Step was removed from union type PlanItem.'],
    ['a type is another kind of thing', () => changed('ItemCounts', 'type ItemCounts', 'interface ItemCounts'), '9.9.9 projects_get: ItemCounts changed from an Object type to an Interface type.'],
  ])('%s', (_, schema, expected) => expect(ofSchema(schema())).toContain(expected))

  test('the operations that do not touch it are not named', () => {
    const named = new Set(ofSchema(changed('SetStatusPayload', /^ {2}sequence: Int!$/m, '')).map((line) => line.split(/[ :]/)[1]))
    expect([...named]).toEqual(['planning_setStatus'])
  })
})

describe('a change of the schema that only adds, or that no operation touches, passes:', () => {
  test.each<[string, () => string]>([
    ['a new field', () => changed('Project', /^ {2}slug: String!$/m, '  slug: String!\n  region: String')],
    ['a new value of an enum', () => changed('Status', /^ {2}TODO$/m, '  TODO\n  WAITING')],
    ['a new error', () => changed('SetStatusResult', /$/, ' | AlreadyExistsError')],
    ['a new argument with a default', () => changed('Query', SEARCH, '    search: String\n    region: String! = "eu"')],
    ['an input field that is no longer required', () => changed('CreateProjectInput', /^ {2}name: String!$/m, '  name: String')],
    ['a field that is never null any more', () => changed('Event', /^ {2}data: JSON$/m, '  data: JSON!')],
    ['a field that no operation selects is gone', () => changed('PageInfo', /^ {2}startCursor: String$/m, '')],
  ])('%s', (_, schema) => expect(ofSchema(schema())).toEqual([]))
})

type Document = any

function ofOpenApi(change: (document: Document) => void): string[] {
  const openApi = structuredClone(current.openApi)
  change(openApi)
  expect(openApi).not.toEqual(current.openApi)
  return openApiBreaks(current.openApi, openApi).map(({ operation, what }) => `${operation}: ${what}`)
}

const PROJECTS = '/api/projects'
const PROJECT = '/api/projects/{project_id}'
const bodyOf = (operation: Document): Document => operation.requestBody.content['application/json'].schema
const answerOf = (operation: Document, status = 200): Document => operation.responses[status].content['application/json'].schema

describe('a change of the REST facade that breaks an operation is named with it:', () => {
  test.each<[string, (document: Document) => void, string]>([
    ['a path is gone', ({ paths }) => delete paths[`${PROJECT}/plan`], 'planning_getPlan: GET /api/projects/{project_id}/plan: the path is gone.'],
    ['a method is gone', ({ paths }) => delete paths[PROJECT].patch, 'projects_update: PATCH /api/projects/{project_id}: the path is gone.'],
    ['a path means something else', ({ paths }) => void (paths[PROJECT].get.operationId = 'x'), 'projects_get: GET /api/projects/{project_id}: its operation is x now.'],
    ['a parameter is gone', ({ paths }) => void (paths[PROJECTS].get.parameters = paths[PROJECTS].get.parameters.filter((item: Document) => item.name !== 'search')), 'projects_list: GET /api/projects: query parameter search is gone.'],
    ['a parameter has become required', ({ paths }) => paths[PROJECTS].get.parameters.forEach((item: Document) => { item.required = true }), 'projects_list: GET /api/projects: query parameter search is required now.'],
    ['a parameter takes fewer types', ({ paths }) => paths[PROJECTS].get.parameters.forEach((item: Document) => { item.schema = { type: 'boolean' } }), 'projects_list: GET /api/projects: query parameter search takes no string any more.'],
    ['a member of a body is gone', ({ paths }) => delete bodyOf(paths[PROJECTS].post).properties.slug, 'projects_create: POST /api/projects: body.slug is gone.'],
    ['a member of a body has become required', ({ paths }) => bodyOf(paths[PROJECTS].post).required.push('slug'), 'projects_create: POST /api/projects: body.slug is required now.'],
    ['a body has become required', ({ paths }) => {
      paths[`${PROJECT}/archive`].post.requestBody.required = true
      bodyOf(paths[`${PROJECT}/archive`].post).required = ['archived']
    }, 'projects_archive: POST /api/projects/{project_id}/archive: the body is required now.'],
    ['a value is refused', ({ components }) => components.schemas.Status.enum.pop(), 'planning_setStatus: PUT /api/projects/{project_id}/microsteps/{id}/status: body.status takes no "todo" any more.'],
    ['a member of an answer is gone', ({ components }) => delete components.schemas.Project.properties.slug, 'projects_list: GET /api/projects: answer.projects[].slug is gone.'],
    ['a member of an answer can be null', ({ components }) => void (components.schemas.Project.properties.slug.type = ['string', 'null']), 'projects_list: GET /api/projects: answer.projects[].slug can be null now.'],
    ['a member of an answer can be missing', ({ paths }) => void (answerOf(paths['/api/viewer'].get).required = []), 'viewer_get: GET /api/viewer: answer.email can be missing now.'],
    ['a nested type of an answer changes', ({ components }) => void (components.schemas.Progress.properties.percent = { type: 'string' }), 'planning_getPlan: GET /api/projects/{project_id}/plan: answer.phases[].progress.percent can be string now.'],
    ['a status of success is another', ({ paths }) => {
      paths[PROJECTS].post.responses[200] = paths[PROJECTS].post.responses[201]
      delete paths[PROJECTS].post.responses[201]
    }, 'projects_create: POST /api/projects: it answers no 201 any more.'],
  ])('%s', (_, change, expected) => expect(ofOpenApi(change)).toContain(expected))
})

describe('a change of the REST facade that only adds passes:', () => {
  test.each<[string, (document: Document) => void]>([
    ['a path', ({ paths }) => void (paths['/api/new'] = paths['/api/viewer'])],
    ['an optional parameter', ({ paths }) => paths[PROJECTS].get.parameters.push({ name: 'region', in: 'query', schema: { type: 'string' } })],
    ['an optional member of a body', ({ paths }) => void (bodyOf(paths[PROJECTS].post).properties.region = { type: 'string' })],
    ['a member of an answer', ({ components }) => void (components.schemas.Project.properties.region = { type: 'string' })],
    ['a member of a body that is no longer required', ({ paths }) => void (bodyOf(paths[PROJECTS].post).required = [])],
  ])('%s', (_, change) => expect(ofOpenApi(change)).toEqual([]))
})

test('a frozen release does not change by accident', () => {
  const folder = mkdtempSync(join(tmpdir(), 'buildrunner-releases-'))
  try {
    writeRelease(folder, release)
    expect(readReleases(folder)).toEqual([release])
    expect(() => writeRelease(folder, release)).toThrow('9.9.9 is frozen')
    expect(() => writeRelease(folder, { ...release, schema: 'type Query { a: Int }' }, { again: true })).not.toThrow()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
