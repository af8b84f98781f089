/**
 * What came of each criterion the last time, beside the plan's other caches: `br qa run --changed` leaves out what passed on just these
 * files. A cache that is missing, broken or of another version says nothing.
 */
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import * as fs from 'node:fs'
import path from 'node:path'
import type { Workspace } from '../files/workspace.ts'
import type { Result } from './runner.ts'
import type { Target } from './targets.ts'

const VERSION = 1

/** By item and criterion. */
type Passed = Record<string, { digest: string; tree: string }>

const fileOf = ({ stateFile }: Workspace): string => path.join(path.dirname(stateFile), 'qa_state.json')
const keyOf = ({ item, criterion }: Target): string => JSON.stringify([item, criterion])

function readPassed(workspace: Workspace): Passed {
  try {
    const value = JSON.parse(fs.readFileSync(fileOf(workspace), 'utf8')) as { version?: unknown; passed?: Passed }
    return value.version === VERSION && typeof value.passed === 'object' ? value.passed : {}
  } catch {
    return {}
  }
}

/** What did not pass yet as it stands now, on these files. An address may answer otherwise at any time. @param tree `treeFingerprint` */
export function changedTargets(workspace: Workspace, targets: readonly Target[], tree: string | undefined): Target[] {
  const passed = readPassed(workspace)
  return targets.filter((target) => {
    const last = passed[keyOf(target)]
    return tree === undefined || target.check.kind === 'http' || last?.digest !== target.digest || last.tree !== tree
  })
}

/** @param tree of before the run; checks that change files are not taken for passed on what they left */
export function rememberResults(workspace: Workspace, results: readonly Result[], tree: string | undefined): void {
  const passed = readPassed(workspace)
  for (const { target, outcome } of results) {
    delete passed[keyOf(target)]
    if (outcome === 'passed' && tree !== undefined) passed[keyOf(target)] = { digest: target.digest, tree }
  }
  writeFileAtomic(fileOf(workspace), `${JSON.stringify({ version: VERSION, passed })}\n`, { createFolder: true })
}
