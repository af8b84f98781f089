/** Where a command's document goes: stdout, or a file that is not replaced unasked. */
import * as fs from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { failure } from './errors.ts'
import type { Context } from './context.ts'

export interface OutputFileOptions {
  output?: string
  yes?: boolean
}

export const outputFileOptions = (command: Command): Command => command.option('-o, --output <file>', 'where it goes (default: stdout)').option('-y, --yes', 'replace a file that is there')

/** @throws FILE_EXISTS, NOT_WRITABLE */
export function deliver(context: Context, { output, yes }: OutputFileOptions, text: string): void {
  if (output === undefined) {
    context.out.raw(text)
    return
  }
  const target = path.resolve(context.cwd, output)
  if (fs.existsSync(target) && yes !== true) throw failure('FILE_EXISTS', { path: output })
  writeFileAtomic(target, text)
  context.out.result({ written: output }, () => `${context.out.style.green('✓')} ${output}`)
}
