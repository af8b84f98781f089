/** `br init`: a plan, ready for an editor, and git told to ignore its cache. Never overwrites. */
import * as fs from 'node:fs'
import path from 'node:path'
import { examples } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { confirmPlain } from '../../core/prompts.ts'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { findWorkspace, PLAN_PATH } from '../../files/workspace.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface InitOptions {
  name?: string
  description?: string
  project?: string
}

const STATE_ENTRY = 'buildrunner/state/'
/** The plan's JSON Schema, for editors. */
export const SCHEMA_PATH = path.join('buildrunner', 'specs', 'plan.schema.json')

export function define(command: Command): void {
  command
    .argument('[folder]', 'where (default: here)')
    .option('--name <name>', "the project's name (default: the folder's)")
    .option('--description <text>', 'what the project is')
    .option('-p, --project <project>', 'link it to this project of the server (id or slug)')
  examples(command, [
    ['br init', `creates ${PLAN_PATH}`],
    ['br init --name "My app" --project my-app', 'with a name, linked to a project'],
  ])
}

export async function run(context: Context, options: InitOptions, [folder = '.']: string[]): Promise<void> {
  const root = path.resolve(context.cwd, folder)
  const workspace = findWorkspace(context.cwd, path.join(root, PLAN_PATH))
  if (fs.existsSync(workspace.planFile))
    throw failure('USAGE', {
      text: t('There is a plan already: {displayPath}. Nothing was changed.', { displayPath: workspace.displayPath }),
      remedy: t('br plan show shows it; br plan import --yes replaces it.'),
    })
  const name = options.name?.trim() || path.basename(root) || 'Plan'
  const projectId = options.project === undefined ? undefined : await resolveProject(context, options.project)
  const { planJsonSchema } = await import('@buildrunner/sdk/plans')
  const created = await withLock(workspace.lockFile, (lock) => {
    lock.assertHeld()
    if (fs.existsSync(workspace.planFile)) throw failure('FILE_EXISTS', { path: workspace.displayPath })
    const schemaFile = path.join(root, SCHEMA_PATH)
    if (!fs.existsSync(schemaFile)) writeFileAtomic(schemaFile, `${JSON.stringify(planJsonSchema(), null, 2)}\n`, { createFolder: true })
    writeFileAtomic(workspace.planFile, planText(name, options.description, projectId), { createFolder: true })
    return { plan: workspace.displayPath, schema: SCHEMA_PATH, gitignore: ignoreState(root) }
  })
  context.out.result({ ...created, project: { name }, linkedTo: projectId ?? null }, () => createdLines(context, created))
  if (projectId === undefined && context.interactive) await offerLink(context, workspace.root, name)
}

function planText(name: string, description: string | undefined, projectId: string | undefined): string {
  const plan = {
    $schema: './plan.schema.json',
    version: 1,
    project: { name, ...(description === undefined ? {} : { description }) },
    ...(projectId === undefined ? {} : { 'x-sync': { projectId, sequence: 0 } }),
    milestones: [],
  }
  return `${JSON.stringify(plan, null, 2)}\n`
}

/** Adds the entry when no line has it; the file keeps its line ends. @returns whether the file was changed. */
export function ignoreState(root: string): boolean {
  const file = path.join(root, '.gitignore')
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
  const known = text.split(/\r?\n/).some((line) => line.trim().replace(/^\//, '').replace(/\/?$/, '/') === STATE_ENTRY)
  if (known) return false
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  writeFileAtomic(file, `${text}${text === '' || text.endsWith('\n') ? '' : newline}${STATE_ENTRY}${newline}`)
  return true
}

function createdLines(context: Context, created: { plan: string; gitignore: boolean }): string[] {
  const { green, dim } = context.out.style
  return [
    `${green('✓')} ${created.plan}`,
    ...(created.gitignore ? [`${green('✓')} .gitignore ${dim(t('ignores {STATE_ENTRY}', { STATE_ENTRY }))}`] : []),
    '',
    dim(t('Next: br plan add "First milestone"   or   br plan import FILE --yes')),
  ]
}

async function resolveProject(context: Context, project: string): Promise<string> {
  const { connect } = await import('../../server/connection.ts')
  return (await (await connect(context, { project })).project(project)).id
}

/** Only when someone is signed in and there is something to link to. */
async function offerLink(context: Context, root: string, name: string): Promise<void> {
  const { resolveSettings } = await import('../../server/settings.ts')
  if (resolveSettings(context, {}).apiKey === undefined) return
  if (!(await confirmPlain(t('Link it to a project on the server?')))) return
  const { chooseProject } = await import('../../server/choose-project.ts')
  const { linkPlan } = await import('../../sync/link.ts')
  const project = await chooseProject(context, name)
  await linkPlan(findWorkspace(root), project.id)
  context.out.lines(`${context.out.style.green('✓')} ${t('linked to {slug}. br sync brings plan and server together.', { slug: project.slug })}`)
}
