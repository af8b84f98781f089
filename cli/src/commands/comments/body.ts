/** The text of a comment: the words of the command line, else what is piped in. */
import { text as readStream } from 'node:stream/consumers'
import { failure } from '../../core/errors.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

/** @throws USAGE without a text */
export async function bodyFrom(context: Context, words: readonly string[]): Promise<string> {
  const body = words.length > 0 ? words.join(' ') : context.stdin.isTTY === true ? '' : await readStream(context.stdin)
  if (body.trim() === '') throw failure('USAGE', { text: t('The comment has no text.'), remedy: t('Write it behind the id, in quotes, or pipe it in.') })
  return body.trimEnd()
}
