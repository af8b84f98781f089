/** `br template update`: brings newer versions of its templates into a plan, and keeps what people did. */
import { compareVersions, findTemplate, parseReference, withRequired, type TemplateUse } from '@buildrunner/sdk/template-engine'
import { examples } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { findWorkspace, readPlanText } from '../../files/workspace.ts'
import { knownValues, openProject, type Project } from '../../templates/bring.ts'
import { isPath, notFound, Templates } from '../../templates/sources.ts'
import { askValues, givenValues } from '../../templates/values.ts'
import { bringOptions, finish, requireKnown, type UseOptions } from './use.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('[template...]', 'only these: NAME, NAME@VERSION, or a file (default: all of the plan)')
  bringOptions(command)
  examples(command, [
    ['br template update --dry-run', 'what newer versions would change'],
    ['br template update', 'asks about each conflict; without a terminal: exit code 4, and nothing is written'],
    ['br template update web-app --keep local', 'where both changed something, yours stands'],
    ['br template update --keep remote --except launch.title', 'the template stands, but for one title'],
    ['br template update --set stagingUrl=https://staging.example.com', 'the same templates with another value'],
  ])
}

export async function run(context: Context, options: UseOptions, references: string[]): Promise<number> {
  const workspace = findWorkspace(context.cwd, options.file)
  readPlanText(workspace)
  const templates = await Templates.open(context, workspace, options)
  const project = await openProject(workspace, templates)
  if (project.previous.length === 0) throw failure('USAGE', { text: t('{displayPath} was not made from a template.', { displayPath: workspace.displayPath }), remedy: t('br template use NAME brings one in.') })
  const wanted = await wantedVersions(templates, project, references)
  const newer: TemplateUse[] = []
  for (const { template, values } of project.previous) newer.push({ template: wanted.get(template.name) ?? (references.length > 0 ? template : await newest(templates, template.name, template.version)) ?? template, values })
  const all = await notFound(() => withRequired(templates.sources, newer.map(({ template }) => template)))
  const given = requireKnown(givenValues(context, options, all), all)
  const known = { ...knownValues(project.previous), ...given }
  // only what a version newly asks for is asked; a parameter that was left at its default stays there
  const asked = all.map((template) => ({ ...template, variables: (template.variables ?? []).filter(({ name }) => !hadVariable(project, template.name, name)) }))
  const answers = await askValues(context, asked, known, options)
  const next = all.map((template): TemplateUse => ({ template, values: { ...answersFor(answers, given, project, template.name), ...given } }))
  return finish(context, project, next, options, templates.files.values())
}

/** By name: the templates that were named, in the version that was named. @throws USAGE for one that the plan was not made from */
async function wantedVersions(templates: Templates, { previous }: Project, references: readonly string[]) {
  const wanted = new Map<string, TemplateUse['template']>()
  for (const reference of references) {
    const template = await templates.find(reference)
    const name = isPath(reference) ? template.name : parseReference(reference).name
    if (!previous.some((use) => use.template.name === name)) throw failure('USAGE', { text: t('The plan was not made from {name}.', { name }), remedy: t('br template use {reference} brings it in.', { reference }) })
    wanted.set(name, template)
  }
  return wanted
}

/** Undefined where there is nothing newer. */
async function newest({ sources }: Templates, name: string, version: string) {
  const found = await findTemplate(sources, name).catch(() => undefined)
  return found !== undefined && compareVersions(found.version, version) > 0 ? found : undefined
}

const hadVariable = ({ previous }: Project, template: string, name: string): boolean => previous.some((use) => use.template.name === template && use.template.variables?.some((variable) => variable.name === name) === true)

/** Of a template that was there: its own values, and answers about what is new in it. Of one that joins: all answers. */
function answersFor(answers: Record<string, NonNullable<TemplateUse['values']>[string]>, given: TemplateUse['values'], project: Project, name: string): TemplateUse['values'] {
  const before = project.previous.find((use) => use.template.name === name)
  if (before === undefined) return answers
  const isNew = (variable: string): boolean => !hadVariable(project, name, variable) && !Object.hasOwn(given ?? {}, variable)
  return { ...Object.fromEntries(Object.entries(answers).filter(([variable]) => isNew(variable))), ...before.values }
}
