/** Git is told to ignore what `br` keeps of this machine: the cache and the lock beside a plan. */
import * as fs from 'node:fs'
import path from 'node:path'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { t } from '../text/text.ts'
import type { Style } from '../core/style.ts'

const STATE_ENTRY = 'buildrunner/state/'
export const GITIGNORE = '.gitignore'

/** Adds the entry when no line has it; the file keeps its line ends. @returns whether the file was changed. */
export function ignoreState(root: string): boolean {
  const file = path.join(root, GITIGNORE)
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
  const known = text.split(/\r?\n/).some((line) => line.trim().replace(/^\//, '').replace(/\/?$/, '/') === STATE_ENTRY)
  if (known) return false
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  writeFileAtomic(file, `${text}${text === '' || text.endsWith('\n') ? '' : newline}${STATE_ENTRY}${newline}`)
  return true
}

/** What a command says of it, where the file was changed. */
export const ignoredLine = ({ green, dim }: Style): string => `${green('✓')} ${GITIGNORE} ${dim(t('ignores {STATE_ENTRY}', { STATE_ENTRY }))}`
