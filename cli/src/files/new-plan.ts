/** The files of a folder that has no plan yet. */
import * as fs from 'node:fs'
import path from 'node:path'
import { planJsonSchema, type Plan } from '@buildrunner/sdk/plans'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { failure } from '../core/errors.ts'
import { GITIGNORE, ignoreState } from './ignore-state.ts'
import type { Workspace } from './workspace.ts'

/** The plan's JSON Schema, for editors. */
export const SCHEMA_PATH = path.join('buildrunner', 'specs', 'plan.schema.json')

/** What was written, relative to the root. */
export interface CreatedFiles {
  readonly written: readonly string[]
  /** Whether `.gitignore` is among it. */
  readonly gitignore: boolean
}

/**
 * Writes a plan that was not there, with its schema for editors, and has git ignore the cache.
 *
 * @param beside writes what belongs to it, before the plan
 * @throws FILE_EXISTS where somebody else was faster
 */
export function createPlanFiles(workspace: Workspace, plan: Plan, beside: () => void = () => {}): Promise<CreatedFiles> {
  const { root, planFile } = workspace
  return withLock(workspace.lockFile, (lock) => {
    if (fs.existsSync(planFile)) throw failure('FILE_EXISTS', { path: workspace.displayPath })
    beside()
    const schemaFile = path.join(root, SCHEMA_PATH)
    const written = [path.relative(root, planFile)]
    lock.assertHeld()
    if (!fs.existsSync(schemaFile)) {
      writeFileAtomic(schemaFile, `${JSON.stringify(planJsonSchema(), null, 2)}\n`, { createFolder: true })
      written.push(SCHEMA_PATH)
    }
    writeFileAtomic(planFile, `${JSON.stringify({ $schema: './plan.schema.json', ...plan }, null, 2)}\n`, { createFolder: true })
    const gitignore = ignoreState(root)
    return { written: gitignore ? [...written, GITIGNORE] : written, gitignore }
  })
}
