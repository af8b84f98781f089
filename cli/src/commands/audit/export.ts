/** `br audit export`: the log as JSON Lines that are proven without a server (`br audit verify FILE`). */
import * as fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure, systemCode } from '../../core/errors.ts'
import { reasonOf, removeQuietly } from '@buildrunner/sdk/offline/files'
import { number } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { chainOf, chainOption, readTime, type ChainOptions } from './options.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ExportOptions extends ServerOptions, ChainOptions {
  from?: string
  to?: string
  output?: string
  yes?: boolean
}

export function define(command: Command): void {
  command
    .option('--from <time>', 'only from this time on: each record then comes with a proof of its own')
    .option('--to <time>', 'only before this time')
    .option('-o, --output <file>', 'where to (default: stdout)')
    .option('-y, --yes', 'replace a file that is there')
  chainOption(command)
  serverOptions(command, { project: false })
  examples(command, [
    ['br audit export -o audit.jsonl', 'the whole log'],
    ['br audit export --from 2026-11-01 --to 2026-12-01 -o november.jsonl', 'a month of it'],
    ['br audit export | br audit verify -', 'proven on its way'],
  ])
}

export async function run(context: Context, options: ExportOptions): Promise<void> {
  const range = { from: readTime('--from', options.from), to: readTime('--to', options.to) }
  const target = options.output === undefined ? undefined : path.resolve(context.cwd, options.output)
  if (target !== undefined && options.yes !== true && fs.existsSync(target)) throw failure('FILE_EXISTS', { path: options.output! })
  const { client, reading } = await connect(context, options)
  const texts = client.audit.export({ chain: chainOf(options), ...range, onProgress: ({ records, total }) => context.out.progress(t('{records} of {total} records read', { records: number(records), total: number(total ?? 0) })) })
  if (target === undefined) {
    await reading(async () => {
      for await (const text of texts) context.out.raw(text)
    })
    return
  }
  await reading(() => writeStreamed(target, options.output!, texts))
  context.out.result({ file: target }, () => `${context.out.style.green('✓')} ${t('exported to {output}', { output: options.output })}  ${context.out.style.dim(t('br audit verify {output} proves it', { output: options.output }))}`)
}

/** Under another name until it is whole, so that no half export is taken for one. @throws NOT_WRITABLE */
async function writeStreamed(target: string, display: string, texts: AsyncIterable<string>): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`)
  try {
    await pipeline(texts, fs.createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }))
    fs.renameSync(temporary, target)
  } catch (error) {
    removeQuietly(temporary)
    throw systemCode(error) === undefined ? error : failure('NOT_WRITABLE', { path: display, reason: reasonOf(error) }, { cause: error })
  }
}
