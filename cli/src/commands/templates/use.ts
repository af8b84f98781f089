/** `br template use`: makes a plan of templates and packs, or brings them into the plan that is there. */
import { Option, type Command } from 'commander'
import { usesOf, unknownValues, withRequired, type Template, type TemplateUse } from '@buildrunner/sdk/template-engine'
import { append, examples, planFileOption, serverOptions, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { bring, decideAll, knownValues, openProject, write, type Brought, type DecisionOptions, type Project } from '../../templates/bring.ts'
import { reportLines, reportOf } from '../../templates/report.ts'
import { notFound, Templates, type FileTemplate, type SourceOptions } from '../../templates/sources.ts'
import { askValues, givenValues, type ValueOptions } from '../../templates/values.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

export interface UseOptions extends SourceOptions, PlanFileOptions, ValueOptions, DecisionOptions {
  dryRun?: boolean
}

/** Options that `use` and `update` share. */
export function bringOptions(command: Command): Command {
  command
    .option('--set <name=value>', 'value of a parameter (may be repeated); NAME of one template: TEMPLATE.NAME=VALUE', append)
    .option('--values <file>', 'values as YAML')
    .option('--defaults', 'ask nothing: what is not given holds its default')
    .option('--dry-run', 'show what would change; write nothing')
    .addOption(new Option('--keep <side>', 'decide conflicts: yours, or those of the templates').choices(['local', 'remote']))
    .option('--except <name>', 'with --keep: this conflict for the other side (may be repeated)', append)
    .option('--offline', 'ask no server for templates of the organisation')
  return planFileOption(serverOptions(command, { project: false }))
}

export function define(command: Command): void {
  command.argument('<template...>', 'NAME, NAME@VERSION, or a file like ./mine.yml')
  bringOptions(command)
  examples(command, [
    ['br template use web-app auth ci', 'a plan with two packs; asks for the parameters'],
    ['br template use api-service --set name="Orders API" --set style=graphql --defaults', 'asks nothing'],
    ['br template use observability --dry-run', 'what the pack would bring into this plan'],
    ['br template use ./templates/spike.yml', 'from a file; a copy is kept beside the plan, for updates'],
  ])
}

export async function run(context: Context, options: UseOptions, references: string[]): Promise<number> {
  const workspace = findWorkspace(context.cwd, options.file)
  const templates = await Templates.open(context, workspace, options)
  const asked: Template[] = []
  for (const reference of references) asked.push(await templates.find(reference))
  const twice = asked.find(({ name }, at) => asked.findIndex((other) => other.name === name) !== at)
  if (twice !== undefined) throw failure('USAGE', { text: t('{name} is named twice.', { name: twice.name }) })
  const project = await openProject(workspace, templates)
  const kept = project.previous.filter(({ template }) => !asked.some(({ name }) => name === template.name))
  const all = await notFound(() => withRequired(templates.sources, [...kept.map(({ template }) => template), ...asked]))
  const added = all.filter((template) => !kept.some((use) => use.template.name === template.name))
  const given = requireKnown(givenValues(context, options, added), added)
  const before = knownValues(project.previous)
  const values = await askValues(context, added, { ...before, ...given }, options)
  // a template that is used again keeps its own values where others have parameters of the same names
  const own = (name: string): TemplateUse['values'] => ({ ...project.previous.find((use) => use.template.name === name)?.values, ...given })
  const next: TemplateUse[] = [...kept, ...added.map((template) => ({ template, values: { ...values, ...own(template.name) } }))]
  return finish(context, project, next, options, templates.files.values())
}

/** @throws USAGE for a value that no template asks for */
export function requireKnown<Values extends TemplateUse['values']>(values: Values, templates: readonly Template[]): Values {
  const [unknown] = unknownValues(usesOf(templates), values ?? {})
  if (unknown !== undefined) throw failure('USAGE', { text: unknown.message, remedy: unknown.remedy })
  return values
}

/** Merges, decides, writes and reports. */
export async function finish(context: Context, project: Project, next: readonly TemplateUse[], options: UseOptions, files: Iterable<FileTemplate>): Promise<number> {
  const dryRun = options.dryRun === true
  let brought: Brought = bring(project, next)
  if (hasConflicts(brought)) {
    const resolutions = dryRun && options.keep === undefined ? undefined : await decideAll(context, brought, options)
    if (resolutions !== undefined) brought = bring(project, next, resolutions)
  }
  const isOpen = hasConflicts(brought)
  const written = dryRun || isOpen ? [] : await write(project, brought, files)
  const report = reportOf(project, brought, { written, dryRun })
  context.out.result(report, () => reportLines(project, report, context.out.style))
  return isOpen ? EXIT.conflicts : EXIT.ok
}

const hasConflicts = ({ conflicts, policy }: Brought): boolean => conflicts.length + policy.conflicts.length > 0
