/** `br notifications settings`: how often you are mailed, by priority, and in which language. */
import type { EmailFrequency } from '@buildrunner/sdk'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { Option, type Command } from 'commander'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { t } from '../../text/text.ts'
import { connect } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const FREQUENCIES: Readonly<Record<string, EmailFrequency>> = { now: 'IMMEDIATE', hourly: 'DIGEST_HOURLY', daily: 'DIGEST_DAILY', off: 'OFF' }

export type SettingsOptions = ServerOptions & { readonly [Priority in (typeof PRIORITIES)[number]]?: string } & { readonly language?: string }

export function define(command: Command): void {
  for (const priority of PRIORITIES) command.addOption(new Option(`--${priority} <when>`, t('mails of priority {priority}', { priority })).choices(Object.keys(FREQUENCIES)))
  command.addOption(new Option('--language <language>', 'what mails are written in, from all of your organisations').choices([...LANGUAGES]))
  serverOptions(command, { project: false })
  examples(command, [
    ['br notifications settings', 'what is mailed to you, and when'],
    ['br notifications settings --language de', 'in German'],
    ['br notifications settings --normal hourly --low off', 'a digest each hour, and nothing of little weight'],
  ])
}

export async function run(context: Context, options: SettingsOptions): Promise<void> {
  const { client, reading } = await connect(context, options)
  const frequencies = Object.fromEntries(PRIORITIES.flatMap((priority) => (options[priority] === undefined ? [] : [[priority, FREQUENCIES[options[priority]] as EmailFrequency]])))
  const chosen = { ...frequencies, ...(options.language !== undefined && { language: options.language }) }
  const settings = Object.keys(chosen).length === 0 ? await reading(() => client.notifications.settings().orThrow()) : (await reading(() => client.notifications.updateSettings(chosen).orThrow())).settings
  const name = (frequency: EmailFrequency): string => Object.entries(FREQUENCIES).find(([, value]) => value === frequency)?.[0] as string
  context.out.result({ settings }, () => table([...PRIORITIES.map((priority) => [priority, name(settings[priority])]), [t('language'), settings.language ?? '-']]))
}
