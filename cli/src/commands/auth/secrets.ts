/** Passwords and codes: asked for on a terminal, else one a line from stdin. Never arguments: those show in `ps`. */
import { text as readStream } from 'node:stream/consumers'
import { failure } from '../../core/errors.ts'
import { askSecret } from '../../core/prompts.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

export type AskFor = (what: string) => Promise<string>

/** Each question takes the next line, where there is no terminal. @throws NEEDS_TERMINAL when nothing is left to read */
export function secretReader(context: Context): AskFor {
  let lines: Promise<string[]> | undefined
  return async (what) => {
    if (context.interactive) return askSecret(what, (value) => (value.trim() === '' ? t('{what} is missing.', { what }) : undefined))
    const missing = failure('NEEDS_TERMINAL', { what, remedy: t('Pipe it in; several answers are one a line.') })
    if (context.stdin.isTTY === true) throw missing
    lines ??= readStream(context.stdin).then((text) => text.split(/\r?\n/))
    const line = (await lines).shift()
    if (line === undefined || line === '') throw missing
    return line
  }
}
