/** `br projects create`: and, with --link, ties this folder's plan to it. */
import { examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { findWorkspace, readPlanText } from '../../files/workspace.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CreateOptions extends ServerOptions, PlanFileOptions {
  slug?: string
  description?: string
  link?: boolean
}

export function define(command: Command): void {
  command
    .argument('<name>', "the project's name")
    .option('--slug <slug>', 'its short name in addresses (default: from the name)')
    .option('--description <text>', 'what it is')
    .option('--link', 'link the plan of this folder to it')
  planFileOption(serverOptions(command, { project: false }))
  examples(command, [
    ['br projects create "My app"', 'an empty project'],
    ['br projects create "My app" --link', 'and link this plan to it; then br sync'],
  ])
}

export async function run(context: Context, options: CreateOptions, [name = '']: string[]): Promise<void> {
  const workspace = findWorkspace(context.cwd, options.file)
  // Nothing is created on the server for a plan that is not there.
  if (options.link === true) readPlanText(workspace)
  const connection = await connect(context, options)
  const { project } = await connection.ask(connection.client.projects.create({ name, slug: options.slug, description: options.description }))
  if (options.link === true) await (await import('../../sync/link.ts')).linkPlan(workspace, project.id)
  const { green, bold, dim } = context.out.style
  context.out.result({ project, linked: options.link === true }, () => [
    `${green('✓')} ${t('project {slug}', { slug: bold(project.slug) })}  ${dim(project.id)}`,
    dim(options.link === true ? `  ${t('linked; br sync brings the plan there')}` : `  ${t('br sync --project {slug} brings a plan there', { slug: project.slug })}`),
  ])
}
