/** `br template list`: templates and packs, where they come from, and which of them this plan was made from. */
import * as fs from 'node:fs'
import { Option, type Command } from 'commander'
import { builtInTemplates } from '@buildrunner/sdk/built-in-templates'
import { compareVersions, templateDigest, usedTemplates, type TemplateKind } from '@buildrunner/sdk/template-engine'
import { examples, planFileOption, serverOptions, type PlanFileOptions } from '../../core/command.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { loadPlan } from '../../plan/session.ts'
import { organisation, type SourceOptions } from '../../templates/sources.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

export interface ListOptions extends SourceOptions, PlanFileOptions {
  kind?: TemplateKind
  source?: 'built-in' | 'organisation'
}

/** One line of the list: the newest version of a name in a source. */
interface Listed {
  name: string
  version: string
  kind: TemplateKind
  title: string
  description: string
  source: 'built-in' | 'organisation'
  digest: string
  deprecated: string | null
  /** The version that the plan here was made from. */
  used: string | null
}

export function define(command: Command): void {
  command
    .addOption(new Option('--kind <kind>', 'only those').choices(['template', 'pack']))
    .addOption(new Option('--source <source>', 'only those').choices(['built-in', 'organisation']))
    .option('--offline', 'ask no server')
  planFileOption(serverOptions(command, { project: false }))
  examples(command, [
    ['br template list', 'built-in ones, and those of your organisation'],
    ['br template list --kind pack', 'what can be added to a plan'],
  ])
}

export async function run(context: Context, options: ListOptions): Promise<void> {
  const workspace = findWorkspace(context.cwd, options.file)
  const used = new Map(fs.existsSync(workspace.planFile) ? usedTemplates(loadPlan(workspace).plan).map(({ name, version }) => [name, version]) : [])
  const all = [...(options.source === 'built-in' ? [] : await published(context, options)), ...(options.source === 'organisation' ? [] : listBuiltIn())]
  const templates = all.filter(({ kind }) => options.kind === undefined || kind === options.kind).map((template): Listed => ({ ...template, used: used.get(template.name) ?? null }))
  context.out.result({ templates }, () => lines(context, templates))
}

const listBuiltIn = (): Omit<Listed, 'used'>[] =>
  builtInTemplates().map((template) => ({ name: template.name, version: template.version, kind: template.kind, title: template.title, description: template.description, source: 'built-in', digest: templateDigest(template), deprecated: null }))

async function published(context: Context, options: ListOptions): Promise<Omit<Listed, 'used'>[]> {
  const connection = await organisation(context, options)
  if (connection === undefined) return []
  const newest = new Map<string, Omit<Listed, 'used'>>()
  for (const { name, version, kind, title, description, digest, deprecatedReason } of await connection.reading(() => connection.client.templates.list().toArray())) {
    const known = newest.get(name)
    // one that people should begin with goes before a newer one that they should not
    const isBetter = known === undefined || (known.deprecated !== null && deprecatedReason === null) || ((known.deprecated !== null) === (deprecatedReason !== null) && compareVersions(version, known.version) > 0)
    if (isBetter) newest.set(name, { name, version, kind: kind === 'PACK' ? 'pack' : 'template', title, description, source: 'organisation', digest, deprecated: deprecatedReason })
  }
  return [...newest.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function lines({ out }: Context, templates: readonly Listed[]): string[] {
  if (templates.length === 0) return [out.style.dim(t('There is none.'))]
  const width = Math.max(...templates.map(({ name }) => name.length))
  const line = ({ name, version, kind, title, source, deprecated, used }: Listed): string => {
    const remarks = [source === 'organisation' ? t('organisation') : '', deprecated === null ? '' : t('deprecated: {deprecated}', { deprecated }), used === null ? '' : used === version ? t('used here') : t('used here: {used}', { used })].filter((text) => text !== '')
    return `${out.style.bold(name.padEnd(width))}  ${version}  ${kind === 'pack' ? 'pack    ' : 'template'}  ${title}${remarks.length === 0 ? '' : out.style.dim(`  ${remarks.join(', ')}`)}`
  }
  return templates.map(line)
}
