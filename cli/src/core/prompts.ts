/** Questions, asked only on a terminal; the prompt library is loaded when the first question is asked. */
import { CliError, failure } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { t } from '../text/text.ts'
import type { Context } from './context.ts'

function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === 'symbol') throw new CliError({ code: 'INTERRUPTED', message: t('Interrupted; nothing was changed.') }, EXIT.interrupted)
  return answer as Exclude<T, symbol>
}

/** Goes ahead when `yes` is set or the person agrees. @throws NEEDS_YES without a terminal, DECLINED on a no. */
export async function confirmDestructive(context: Context, { what, yes }: { what: string; yes: boolean | undefined }): Promise<void> {
  if (yes === true) return
  if (!context.interactive) throw failure('NEEDS_YES', { what })
  const { confirm } = await import('@clack/prompts')
  if (!answered(await confirm({ message: t('{what}. Go ahead?', { what }), initialValue: false, output: process.stderr }))) throw failure('DECLINED', {})
}

export async function confirmPlain(message: string, { initialValue = true }: { initialValue?: boolean } = {}): Promise<boolean> {
  const { confirm } = await import('@clack/prompts')
  return answered(await confirm({ message, initialValue, output: process.stderr }))
}

/** A secret, never echoed. */
export async function askSecret(message: string, validate: (value: string) => string | undefined): Promise<string> {
  const { password } = await import('@clack/prompts')
  return answered(await password({ message, output: process.stderr, validate: (value) => validate(value ?? '') }))
}

export async function choose<T extends string>(message: string, choices: readonly { value: T; label: string; hint?: string }[]): Promise<T> {
  const { select } = await import('@clack/prompts')
  const options = choices as Parameters<typeof select<T>>[0]['options']
  return answered<T | symbol>(await select<T>({ message, output: process.stderr, options })) as T
}

/** A line of text, with one to begin from. */
export async function askText(message: string, initialValue: string): Promise<string> {
  const { text } = await import('@clack/prompts')
  return answered(await text({ message, initialValue, output: process.stderr })) ?? ''
}

/** A line of text that is asked for until it is right. */
export async function askLine(message: string, { initialValue, validate }: { initialValue: string; validate: (value: string) => string | undefined }): Promise<string> {
  const { text } = await import('@clack/prompts')
  return answered(await text({ message, initialValue, output: process.stderr, validate: (value) => validate(value ?? '') })) ?? ''
}

/** Any number of choices. */
export async function chooseSeveral(message: string, choices: readonly string[], { initial, required }: { initial: string[]; required: boolean }): Promise<string[]> {
  const { multiselect } = await import('@clack/prompts')
  const options = choices.map((value) => ({ value, label: value }))
  return answered(await multiselect<string>({ message, output: process.stderr, options, initialValues: initial, required }))
}
