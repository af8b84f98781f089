/** A text in the editor of the person, as git opens one: VISUAL before EDITOR, with its arguments. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { failure } from './errors.ts'
import { t } from '../text/text.ts'
import type { Context } from './context.ts'

export const editorOf = ({ env }: Pick<Context, 'env'>): string | undefined => [env.VISUAL, env.EDITOR].find((editor) => editor !== undefined && editor.trim() !== '')

/**
 * Opens `text` as a file of this name, which only its owner can read.
 *
 * @returns what the person saved
 * @throws EDITOR_MISSING, EDITOR_FAILED
 */
export async function editText(context: Context, name: string, text: string): Promise<string> {
  const editor = editorOf(context)
  if (editor === undefined) throw failure('EDITOR_MISSING', {})
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'br-edit-'))
  const file = path.join(folder, name)
  try {
    fs.writeFileSync(file, text, { mode: 0o600 })
    // The shell reads the editor's arguments; the file's name is handed to it as one word. stdout is for data alone.
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'br', file], { cwd: context.cwd, env: context.env, stdio: ['inherit', process.stderr.isTTY ? 2 : 'ignore', 'inherit'] })
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    if (code !== 0) throw failure('EDITOR_FAILED', { editor, status: signal ?? t('exit code {code}', { code }) })
    return fs.readFileSync(file, 'utf8')
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
