/** `br init`: a plan, ready for an editor, and git told to ignore its cache. Never overwrites. */
import * as fs from 'node:fs'
import path from 'node:path'
import { examples } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { confirmPlain } from '../../core/prompts.ts'
import { ignoredLine } from '../../files/ignore-state.ts'
import { findWorkspace, PLAN_PATH } from '../../files/workspace.ts'
import { t } from '../../text/text.ts'
import type { Plan } from '@buildrunner/sdk/plans'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface InitOptions {
  name?: string
  description?: string
  project?: string
}

export function define(command: Command): void {
  command
    .argument('[folder]', 'where (default: here)')
    .option('--name <name>', "the project's name (default: as on the server, else the folder's)")
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
  const linked = options.project === undefined ? undefined : await readProject(context, options.project)
  const project = describe(root, options, linked?.project)
  const { createPlanFiles, SCHEMA_PATH } = await import('../../files/new-plan.ts')
  const { gitignore } = await createPlanFiles(workspace, newPlan(project, linked?.id))
  const created = { plan: workspace.displayPath, schema: SCHEMA_PATH, gitignore }
  context.out.result({ ...created, project: { name: project.name }, linkedTo: linked?.id ?? null }, () => createdLines(context, created))
  if (linked === undefined && context.interactive) await offerLink(context, workspace.root, options)
}

type Described = Plan['project']

/** What was given, else what the server says: where both say the same, a first sync has nothing to decide. */
function describe(root: string, { name, description }: InitOptions, onServer?: Described): Described {
  return {
    ...(onServer ?? { name: path.basename(root) || 'Plan' }),
    ...(name === undefined || name.trim() === '' ? {} : { name: name.trim() }),
    ...(description === undefined ? {} : { description }),
  }
}

const newPlan = (project: Described, projectId: string | undefined): Plan => ({
  version: 1,
  project,
  ...(projectId === undefined ? {} : { 'x-sync': { projectId, sequence: 0 } }),
  milestones: [],
})

function createdLines({ out }: Context, created: { plan: string; gitignore: boolean }): string[] {
  const { green, dim } = out.style
  return [
    `${green('✓')} ${created.plan}`,
    ...(created.gitignore ? [ignoredLine(out.style)] : []),
    '',
    dim(t('Next: br plan add "First milestone"   or   br plan import FILE --yes')),
  ]
}

/** A project as its plan on the server describes it. @throws PROJECT_NOT_FOUND */
async function readProject(context: Context, idOrSlug: string): Promise<{ id: string; slug: string; project: Described }> {
  const { connect } = await import('../../server/connection.ts')
  const { client, ask, project } = await connect(context, { project: idOrSlug })
  const { id, slug } = await project(idOrSlug)
  const { document } = await ask(client.planning.getDocument({ projectId: id }))
  return { id, slug, project: (document as Plan).project }
}

/** Only when someone is signed in and there is something to link to. */
async function offerLink(context: Context, root: string, options: InitOptions): Promise<void> {
  const { resolveSettings } = await import('../../server/settings.ts')
  if (resolveSettings(context, {}).apiKey === undefined) return
  if (!(await confirmPlain(t('Link it to a project on the server?')))) return
  const { chooseProject } = await import('../../server/choose-project.ts')
  const { linkPlan } = await import('../../sync/link.ts')
  const chosen = await chooseProject(context, describe(root, options).name)
  const { id, slug, project } = await readProject(context, chosen.id)
  await linkPlan(findWorkspace(root), id, describe(root, options, project))
  context.out.lines(`${context.out.style.green('✓')} ${t('linked to {slug}. br sync brings plan and server together.', { slug })}`)
}
