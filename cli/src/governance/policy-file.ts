/** Where the policy of a repository lies. */
import * as fs from 'node:fs'
import path from 'node:path'
import { failure } from '../core/errors.ts'
import { readTextFile } from '../files/workspace.ts'
import type { Context } from '../core/context.ts'

/** In the order in which they are looked for, in each folder upwards. */
export const POLICY_PATHS = [path.join('governance', 'policy.yml'), path.join('buildrunner', 'governance', 'policy.yml')]

export interface PolicyFile {
  readonly text: string
  /** As people should see it: relative to where they are. */
  readonly display: string
  /** Relative to the root of the repository, with slashes, for tools that annotate its files. */
  readonly uri: string
}

function upwards<Found>(from: string, look: (folder: string) => Found | undefined): Found | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = look(folder)
    if (found !== undefined || path.dirname(folder) === folder) return found
  }
}

function findPolicy(cwd: string): string {
  const found = upwards(cwd, (folder) => POLICY_PATHS.map((each) => path.join(folder, each)).find((file) => fs.existsSync(file)))
  if (found === undefined) throw failure('POLICY_NOT_FOUND', { looked: POLICY_PATHS })
  return found
}

/** @throws POLICY_NOT_FOUND, FILE_NOT_FOUND, FILE_NOT_READABLE */
export function readPolicyFile({ cwd }: Context, named: string | undefined): PolicyFile {
  const file = named === undefined ? findPolicy(cwd) : path.resolve(cwd, named)
  const root = upwards(path.dirname(file), (folder) => (fs.existsSync(path.join(folder, '.git')) ? folder : undefined)) ?? cwd
  const relative = path.relative(cwd, file)
  return { text: readTextFile(cwd, file), display: relative.startsWith('..') ? file : relative, uri: path.relative(root, file).split(path.sep).join('/') }
}
