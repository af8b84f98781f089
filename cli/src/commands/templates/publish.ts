/** `br template publish`: a version for the organisation, for ever. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { readTemplateFile } from '../../templates/sources.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<file>', 'the template, YAML or JSON')
  serverOptions(command, { project: false })
  examples(command, [['br template publish templates/spike.yml', 'a version never changes: for a change, raise it']])
}

export async function run(context: Context, options: ServerOptions, [file = '']: string[]): Promise<void> {
  const { template, problems } = readTemplateFile(context.cwd, file)
  const connection = await connect(context, options)
  const published = await connection.ask(connection.client.templates.publish({ document: template }))
  const { green, dim } = context.out.style
  for (const { line, message } of problems) context.out.warn(`${file}:${line ?? 1}  ${message}`)
  context.out.result(published, () => `${green('✓')} ${template.name}@${template.version} ${dim(published.template.digest.slice(0, 12))}`)
}
