/** `br examples`: a sample project from a built-in template: plan, policy and a page that says how to go on. */
import * as fs from 'node:fs'
import path from 'node:path'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { builtInTemplate, builtInTemplates } from '@buildrunner/sdk/built-in-templates'
import { usesOf, type Template, type TemplateValue } from '@buildrunner/sdk/template-engine'
import { t } from '../../text/text.ts'
import type { Plan } from '@buildrunner/sdk/plans'
import { append, examples } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { choose } from '../../core/prompts.ts'
import { findWorkspace, PLAN_PATH } from '../../files/workspace.ts'
import { bring, openProject, write } from '../../templates/bring.ts'
import { Templates } from '../../templates/sources.ts'
import { givenValues, type ValueOptions } from '../../templates/values.ts'
import { requireKnown } from '../templates/use.ts'
import { readme } from './readme.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command
    .argument('[template]', 'react, nextjs, web-app, ...: a built-in template (default: lists them)')
    .argument('[folder]', "where (default: a new folder with the template's name)")
    .option('--set <name=value>', 'value of a parameter (may be repeated)', append)
    .option('--values <file>', 'values as YAML')
  examples(command, [
    ['br examples', 'lists them; on a terminal asks which'],
    ['br examples react', 'a sample project in ./react'],
    ['br examples nextjs shop --set name=Shop --set hosting=node', 'in ./shop, with values of yours'],
  ])
}

export async function run(context: Context, options: ValueOptions, [name, folder]: string[]): Promise<void> {
  const templates = builtInTemplates().filter(({ kind }) => kind === 'template')
  const wanted = name ?? (context.interactive ? await choose(t('Which one?'), templates.map((template) => ({ value: template.name, label: template.name, hint: template.title }))) : undefined)
  if (wanted === undefined) return list(context, templates)
  const template = templates.find((each) => each.name === wanted)
  if (template === undefined) throw failure('USAGE', { text: t('There is no example "{wanted}".', { wanted }), remedy: suggestion(wanted, templates) })
  const root = path.resolve(context.cwd, folder ?? wanted)
  requireEmpty(root, folder ?? wanted)
  const workspace = findWorkspace(context.cwd, path.join(root, PLAN_PATH))
  const project = await openProject(workspace, await Templates.open(context, workspace, { offline: true }))
  const values = { ...sampleValues(template), ...requireKnown(givenValues(context, options, [template]), [template]) }
  const brought = bring(project, usesOf([template], values))
  const written = await write(project, brought, [])
  writeFileAtomic(path.join(root, 'README.md'), readme(template, brought.instantiation.plan as Plan))
  const display = path.relative(context.cwd, root) || '.'
  const files = [...written, 'README.md'].map((file) => path.join(display, file))
  const { green, dim } = context.out.style
  context.out.result({ template: template.name, version: template.version, folder: display, written: files }, () => [...files.map((file) => `${green('✓')} ${file}`), '', dim(t('Next: cd {display} && br plan next', { display }))])
}

const suggestion = (name: string, templates: readonly Template[]): string => {
  const near = nearest(name, templates.map((each) => each.name))
  return near.length > 0 ? t('Did you mean {near}?', { near: near.join(', ') }) : t('br examples lists them.')
}

function list({ out }: Context, templates: readonly Template[]): void {
  const width = Math.max(...templates.map(({ name }) => name.length))
  out.result({ examples: templates.map(({ name, version, title, description, tags = [] }) => ({ name, version, title, description, tags })) }, () => [
    ...templates.map(({ name, title }) => `${out.style.bold(name.padEnd(width))}  ${title}`),
    '',
    out.style.dim(t('br examples NAME makes a sample project; br template use NAME brings one into yours.')),
  ])
}

/** What is there already is nobody's to overwrite; a folder with a repository and nothing else is empty. */
function requireEmpty(root: string, display: string): void {
  if (!fs.existsSync(root)) return
  const entries = fs.statSync(root).isDirectory() ? fs.readdirSync(root).filter((entry) => entry !== '.git') : [display]
  if (entries.length > 0) throw failure('USAGE', { text: t('{display} is not empty; nothing was written.', { display }), remedy: t('Name another folder. br template use brings a template into a project that is there.') })
}

/** A sample needs no questions: what has no default holds the template's example. */
const sampleValues = ({ name, variables = [] }: Template): Record<string, TemplateValue> =>
  Object.fromEntries(variables.flatMap((variable) => (variable.default === undefined && variable.required !== false ? [[variable.name, variable.example ?? builtInTemplate(name)!.title]] : [])))
