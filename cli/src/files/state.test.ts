import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readState, writeState } from './state.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'br-state-'))
  file = path.join(folder, 'state', 'runner_state.json')
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const state = { projectId: 'prj_1', sequence: 7, baseUrl: 'http://127.0.0.1:4000' }
const document = { version: 1, project: { name: 'x' }, milestones: [] }

test('the cache gives back what was stored, for its project and sequence only', () => {
  writeState(file, state, `\uFEFF${JSON.stringify(document, null, 2)}\n`)
  expect(readState(file, state)).toMatchObject({ ...state, document })
  expect(readState(file, { projectId: 'prj_1', sequence: 8 })).toBeUndefined()
  expect(readState(file, { projectId: 'prj_2', sequence: 7 })).toBeUndefined()
})

test.each([
  ['missing', undefined],
  ['cut short', '{"version":1,"projectId":"prj_1"'],
  ['of another program', '[1,2]'],
  ['null', 'null'],
  ['of another version', JSON.stringify({ ...state, document, version: 99 })],
  ['without a plan', JSON.stringify({ ...state, version: 2, document: {} })],
])('a cache that is %s counts as none', (_, text) => {
  fs.mkdirSync(path.dirname(file))
  if (text !== undefined) fs.writeFileSync(file, text)
  expect(readState(file, state)).toBeUndefined()
})
