import { describe, expect, test } from 'vitest'
import type { TryItOperation, TryItParameter } from './operation.ts'
import { missing, pretty, requestOf, withProject } from './request.ts'

const parameter = (name: string, place: 'path' | 'query', more: Partial<TryItParameter> = {}): TryItParameter => ({ name, in: place, required: place === 'path', description: '', list: false, choices: [], value: '', ...more })
const list: TryItOperation = { name: 'planning_listSteps', method: 'GET', path: '/api/projects/{project_id}/steps', isPublic: false, isStream: false, parameters: [parameter('project_id', 'path'), parameter('status', 'query', { list: true }), parameter('first', 'query')] }
const add: TryItOperation = { name: 'comments_add', method: 'POST', path: '/api/comments', isPublic: false, isStream: false, parameters: [], body: '{ "project_id": "website", "body": "Hi" }' }
const filled = (values: Record<string, string>, more = {}) => ({ server: 'https://plans.example.com', key: 'br_1', values, body: '', ...more })

describe('the request of a form', () => {
  test('holds parameters where they belong, lists by line, and nothing that is empty', () => {
    const { url, init } = requestOf(list, filled({ project_id: 'my plan/2', status: 'done\n\nblocked ', first: '' }))
    expect(url).toBe('https://plans.example.com/api/projects/my%20plan%2F2/steps?status=done&status=blocked')
    expect(init).toEqual({ method: 'GET', headers: { authorization: 'Bearer br_1' }, credentials: 'omit' })
  })

  test('carries its body as JSON', () => {
    const { init } = requestOf(add, filled({}, { body: '{"a":1}' }))
    expect(init).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } })
  })

  test('carries no key where none is asked for, and none that is empty', () => {
    expect(requestOf({ ...add, isPublic: true }, filled({})).init.headers).not.toHaveProperty('authorization')
    expect(requestOf(add, filled({}, { key: '' })).init.headers).not.toHaveProperty('authorization')
  })
})

test('what must be given and is not is named', () => {
  expect(missing(list, { project_id: ' ' })).toBe('project_id')
  expect(missing(list, { project_id: 'website' })).toBeUndefined()
})

test("a body's project is the reader's, where the body has one", () => {
  expect(JSON.parse(withProject(add.body ?? '', 'demo'))).toEqual({ project_id: 'demo', body: 'Hi' })
  expect(withProject('{ "name": "x" }', 'demo')).toBe('{ "name": "x" }')
})

test('JSON is shown with line breaks, and everything else as it came', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(pretty('a,b\n1,2')).toBe('a,b\n1,2')
})
