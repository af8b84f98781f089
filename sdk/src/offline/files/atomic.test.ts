import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeLeftovers, writeFileAtomic } from './atomic.ts'
import { isAlive } from './processes.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'br-atomic-'))
  file = path.join(folder, 'plan.json')
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

test('a file is replaced whole, keeps its mode, and nothing stays beside it', () => {
  fs.writeFileSync(file, 'old', { mode: 0o640 })
  fs.chmodSync(file, 0o640)
  writeFileAtomic(file, 'new')
  expect(fs.readFileSync(file, 'utf8')).toBe('new')
  expect(fs.statSync(file).mode & 0o777).toBe(0o640)
  expect(fs.readdirSync(folder)).toEqual(['plan.json'])
})

test('a reader that holds the old file open still reads the old content', () => {
  fs.writeFileSync(file, 'old')
  const reader = fs.openSync(file, 'r')
  writeFileAtomic(file, 'new')
  expect(fs.readFileSync(reader, 'utf8')).toBe('old')
  fs.closeSync(reader)
})

test('a new file gets the mode that is asked for', () => {
  writeFileAtomic(file, 'secret', { mode: 0o600 })
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
})

test.each([
  ['to a file', true],
  ['that dangles', false],
])('a symbolic link %s is written through', (_, exists) => {
  const target = path.join(folder, 'real', 'target.json')
  fs.mkdirSync(path.dirname(target))
  if (exists) fs.writeFileSync(target, 'old')
  fs.symlinkSync(path.join('real', 'target.json'), path.join(folder, 'middle'))
  fs.symlinkSync('middle', file)
  writeFileAtomic(file, 'new')
  expect(fs.lstatSync(file).isSymbolicLink()).toBe(true)
  expect(fs.readFileSync(target, 'utf8')).toBe('new')
})

test('a failed write leaves the old content and no temporary file', () => {
  fs.mkdirSync(file)
  expect(() => writeFileAtomic(file, 'new')).toThrow(
    expect.objectContaining({ code: 'NOT_WRITABLE', message: expect.stringContaining('it is a folder') }),
  )
  expect(fs.readdirSync(folder)).toEqual(['plan.json'])
  expect(() => writeFileAtomic(path.join(folder, 'no', 'plan.json'), 'new')).toThrow(
    expect.objectContaining({ message: expect.stringContaining('its folder does not exist') }),
  )
})

test('temporary files of dead processes are removed, those of live ones and of other files stay', () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  const names = [
    `.plan.json.br-${dead}-0123456789ab.tmp`,
    `.plan.json.br-${process.pid}-0123456789ab.tmp`,
    `.other.json.br-${dead}-0123456789ab.tmp`,
    '.plan.json.swp',
  ]
  for (const name of names) fs.writeFileSync(path.join(folder, name), '')
  removeLeftovers(file, isAlive)
  expect(fs.readdirSync(folder).sort()).toEqual(names.slice(1).sort())
})
