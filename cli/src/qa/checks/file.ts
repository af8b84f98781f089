/** A file is there, and says what it should. */
import type { FileCheck } from '@buildrunner/sdk/plans'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { filesOf, openFile } from '../files.ts'
import { matches as test } from './pattern.ts'
import type { Attempt, CheckContext } from '../check.ts'

const MOST_BYTES = 16_000_000

export async function checkFile({ path: pattern, matches }: FileCheck, { root }: CheckContext): Promise<Attempt> {
  const files = await filesOf(root, pattern, matches === undefined ? 'any' : 'file')
  if (files.length === 0) return { outcome: 'failed', message: `there is no ${pattern}` }
  if (matches === undefined) return { outcome: 'passed', message: files.length === 1 ? `${pattern} is there` : `${files.length} files are there` }
  for (const file of files) {
    const name = path.relative(root, file)
    if (test(matches, await readAll(openFile(file, name, MOST_BYTES)))) return { outcome: 'passed', message: `${name} matches` }
  }
  return { outcome: 'failed', message: `${files.length === 1 ? `${pattern} does not match` : `none of ${files.length} files matches`} "${matches}"` }
}
