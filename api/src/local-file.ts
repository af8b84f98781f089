import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from './exit-codes.ts'
import { replaceOwnerFile } from './owner-file.ts'

/** What a server leaves in `local.json` of its data folder for scripts, examples and tests. */
export interface LocalFile {
  apiUrl: string
  graphqlUrl: string
  apiKey: string
  projectId: string
}

/** Makes the data folder for its owner alone. @throws StartupError when it cannot be used */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartupError('folderNotWritable', `The data folder ${dataDir} cannot be used: ${(error as Error).message}`,
      'Make it writable for this user, or choose another one with BUILDRUNNER_DATA_DIR.', { cause: error })
  }
}

/** Undefined when there is none, or one that nobody can use. */
export function readLocalFile(dataDir: string): LocalFile | undefined {
  try {
    const value = JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as Partial<LocalFile>
    return value.apiKey ? { apiUrl: '', graphqlUrl: '', projectId: '', ...value } as LocalFile : undefined
  } catch {
    return undefined
  }
}

export const writeLocalFile = (dataDir: string, content: LocalFile): void => replaceOwnerFile(join(dataDir, 'local.json'), `${JSON.stringify(content, null, 2)}\n`)
