/** Where the plan, its cache and its lock are. */
import * as fs from 'node:fs'
import path from 'node:path'
import { failure, systemCode } from '../core/errors.ts'
import { reasonOf } from '@buildrunner/sdk/offline/files'

export const PLAN_PATH = path.join('buildrunner', 'specs', 'plan.json')

export interface Workspace {
  /** The folder that holds `buildrunner/`; for a plan file elsewhere, that file's folder. */
  readonly root: string
  /** Absolute path of the plan file. */
  readonly planFile: string
  /** The plan file as people should see it: relative to where they are. */
  readonly displayPath: string
  /** Absolute path of `runner_state.json`. */
  readonly stateFile: string
  readonly lockFile: string
}

/** @param file a plan file named by the user; without it the nearest folder upwards that has a plan, else `cwd`. */
export function findWorkspace(cwd: string, file?: string): Workspace {
  if (file !== undefined) return workspaceOf(cwd, path.resolve(cwd, file))
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, PLAN_PATH)
    if (fs.existsSync(candidate)) return workspaceOf(cwd, candidate)
    if (path.dirname(folder) === folder) return workspaceOf(cwd, path.join(cwd, PLAN_PATH))
  }
}

function workspaceOf(cwd: string, planFile: string): Workspace {
  const standard = planFile.endsWith(path.sep + PLAN_PATH)
  const root = standard ? planFile.slice(0, -PLAN_PATH.length - 1) || path.sep : path.dirname(planFile)
  const state = path.join(root, 'buildrunner', 'state')
  const name = path.basename(planFile)
  const relative = path.relative(cwd, planFile)
  return {
    root,
    planFile,
    displayPath: relative.startsWith('..') ? planFile : relative,
    // A plan file elsewhere has a cache and a lock of its own.
    stateFile: path.join(state, standard ? 'runner_state.json' : `runner_state.${name.replace(/\.json$/, '')}.json`),
    lockFile: standard ? path.join(state, '.lock') : path.join(root, `.${name}.lock`),
  }
}

/** Text of a file, without a byte order mark being lost. @throws PLAN_NOT_FOUND or FILE_NOT_READABLE. */
export function readPlanText(workspace: Workspace): string {
  try {
    return fs.readFileSync(workspace.planFile, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') throw failure('PLAN_NOT_FOUND', { path: workspace.displayPath }, { cause: error })
    throw failure('FILE_NOT_READABLE', { path: workspace.displayPath, reason: reasonOf(error) }, { cause: error })
  }
}

/** Text of any file that the user named. */
export function readTextFile(cwd: string, file: string): string {
  try {
    return fs.readFileSync(path.resolve(cwd, file), 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') throw failure('FILE_NOT_FOUND', { path: file }, { cause: error })
    throw failure('FILE_NOT_READABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  }
}
