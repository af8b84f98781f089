/** The commit that is checked, and the state of the working tree. A repository's own settings run no program here. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { MAX_ANCESTORS } from '@buildrunner/sdk/quality'

const run = promisify(execFile)
/** What a repository that was handed over could name programs with. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'safe.bareRepository=explicit', '--no-optional-locks']
const MOST_BYTES = 64_000_000

/** Standard output; undefined where git fails: no git, no repository, no commit. */
async function git(root: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<string | undefined> {
  try {
    return (await run('git', [...HARMLESS, ...args], { cwd: root, env: { ...env, LC_ALL: 'C' }, maxBuffer: MOST_BYTES })).stdout
  } catch {
    return undefined
  }
}

/** What evidence is bound to. */
export interface CommitState {
  readonly commit: string
  /** Null on a detached commit that no branch is known for. */
  readonly branch: string | null
  readonly dirty: boolean
  /** Newest first, without the commit itself. */
  readonly ancestors: string[]
  /** `ancestors` reach back to the first commit. */
  readonly complete: boolean
}

export const headOf = async (root: string, env: NodeJS.ProcessEnv): Promise<string | undefined> => (await git(root, env, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()

/** Undefined outside of a repository, and in one without a commit. */
export async function commitState(root: string, env: NodeJS.ProcessEnv): Promise<CommitState | undefined> {
  const [commit, branch, status, list, shallow] = await Promise.all([
    headOf(root, env),
    git(root, env, 'symbolic-ref', '--short', '--quiet', 'HEAD'),
    git(root, env, 'status', '--porcelain', '-z'),
    git(root, env, 'rev-list', '--topo-order', `--max-count=${MAX_ANCESTORS + 2}`, 'HEAD'),
    git(root, env, 'rev-parse', '--is-shallow-repository'),
  ])
  if (commit === undefined || list === undefined) return undefined
  const ancestors = list.trim().split('\n').slice(1)
  const isShallow = shallow?.trim() !== 'false'
  return {
    commit,
    branch: branch?.trim() ?? ciBranch(env) ?? null,
    dirty: status !== '',
    ancestors: ancestors.slice(0, MAX_ANCESTORS),
    complete: !isShallow && ancestors.length <= MAX_ANCESTORS,
  }
}

/** CI checks commits out, not branches; it says by variables which branch is meant. */
const ciBranch = (env: NodeJS.ProcessEnv): string | undefined =>
  [
    env.GITHUB_HEAD_REF, env.GITHUB_REF_TYPE === 'branch' ? env.GITHUB_REF_NAME : undefined, env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME, env.CI_COMMIT_BRANCH,
    env.BUILDKITE_BRANCH, env.CIRCLE_BRANCH, env.BITBUCKET_BRANCH, env.BUILD_SOURCEBRANCHNAME, env.BRANCH_NAME,
  ].find((branch) => branch !== undefined && branch !== '')

/** The page of the CI job. */
export function ciUrl(env: NodeJS.ProcessEnv): string | undefined {
  const github = env.GITHUB_RUN_ID === undefined ? undefined : `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`
  return [github, env.CI_JOB_URL, env.BUILDKITE_BUILD_URL, env.CIRCLE_BUILD_URL, env.BUILD_URL].find((url) => url !== undefined && URL.canParse(url))
}

/** Files and folders that git ignores, relative to the root; nothing outside of a repository. */
export async function ignoredPaths(root: string, env: NodeJS.ProcessEnv): Promise<Set<string>> {
  const list = await git(root, env, 'ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z')
  return new Set((list ?? '').split('\0').map((name) => path.normalize(name).replace(/\/$/, '')))
}

/**
 * A digest that changes with every file but the plan's own: the commit, what differs from it, and what git does not know yet.
 * Undefined where that cannot be told.
 */
export async function treeFingerprint(root: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const others = ['--', '.', ':(exclude)buildrunner']
  const [commit, difference, unknown] = await Promise.all([
    headOf(root, env),
    git(root, env, 'diff', '--binary', '--no-ext-diff', '--no-textconv', 'HEAD', ...others),
    git(root, env, 'ls-files', '--others', '--exclude-standard', '-z', ...others),
  ])
  if (commit === undefined || difference === undefined || unknown === undefined) return undefined
  const hash = createHash('sha256').update(`${commit}\0${difference}\0`)
  for (const name of unknown.split('\0').slice(0, -1)) {
    const stat = fs.lstatSync(path.join(root, name), { throwIfNoEntry: false })
    hash.update(`${name}\0${stat?.size}\0${stat?.mtimeMs}\0`)
  }
  return hash.digest('hex')
}
