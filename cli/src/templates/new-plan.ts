/** The files of a folder that has no plan yet. */
import * as fs from 'node:fs'
import path from 'node:path'
import { planJsonSchema, type Plan } from '@buildrunner/sdk/plans'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { ignoreState, SCHEMA_PATH } from '../commands/workspace/init.ts'
import { failure } from '../core/errors.ts'
import type { Workspace } from '../files/workspace.ts'

/**
 * Writes a plan that was not there, with its schema for editors, and has git ignore the cache.
 *
 * @param beside writes what belongs to it, before the plan
 * @returns what was written, relative to the root
 * @throws FILE_EXISTS where somebody else was faster
 */
export function createPlanFiles(workspace: Workspace, plan: Plan, beside: () => void): Promise<string[]> {
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
    if (ignoreState(root)) written.push('.gitignore')
    return written
  })
}
