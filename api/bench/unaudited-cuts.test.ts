import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CUTS, cut } from './unaudited-cuts.ts'

test.each(CUTS)('$file still has $from', async (of) => {
  const text = await readFile(path.join(import.meta.dirname, '../../schema/src', of.file), 'utf8')
  expect(cut(text, of).length).toBeLessThan(text.length)
  expect(() => cut('nothing of it', of)).toThrow('has nothing to cut')
})
