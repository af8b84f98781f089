/**
 * Runs that the server did not get, because it was away: kept with the person and not in the working tree, where a repository that was
 * cloned could bring results of its own. The next run sends them.
 */
import { removeQuietly, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import * as fs from 'node:fs'
import path from 'node:path'
import { storeFolder } from '../offline/folder.ts'
import type { Context } from '../core/context.ts'
import type { QaRecordRunVariables } from '@buildrunner/sdk'

/** One request. */
export type Part = QaRecordRunVariables & { projectId: string }

/** `$XDG_DATA_HOME/buildrunner/qa/<server>` */
function folderOf(context: Context, baseUrl: string): string {
  const store = storeFolder(context, baseUrl)
  return path.join(path.dirname(path.dirname(store)), 'qa', path.basename(store))
}

/** @param parts what was not answered of a run */
export function keepUnsent(context: Context, baseUrl: string, parts: readonly Part[]): void {
  const file = path.join(folderOf(context, baseUrl), `${parts[0]!.run.id}.json`)
  writeFileAtomic(file, JSON.stringify({ parts }), { mode: 0o600, createFolder: true })
}

/** Runs that wait, the oldest first. What cannot be understood stays where it is. */
export function unsentRuns(context: Context, baseUrl: string): { parts: Part[]; forget(): void }[] {
  const folder = folderOf(context, baseUrl)
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const runs = names.flatMap((name) => {
    const file = path.join(folder, name)
    const parts = readParts(file)
    return parts === undefined ? [] : [{ parts, forget: () => removeQuietly(file) }]
  })
  return runs.sort((a, b) => a.parts[0]!.run.startedAt.localeCompare(b.parts[0]!.run.startedAt))
}

function readParts(file: string): Part[] | undefined {
  try {
    const { parts } = JSON.parse(fs.readFileSync(file, 'utf8')) as { parts?: Part[] }
    return Array.isArray(parts) && typeof parts[0]?.run?.startedAt === 'string' ? parts : undefined
  } catch {
    return undefined
  }
}
