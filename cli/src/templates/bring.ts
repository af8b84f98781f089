/**
 * Bringing templates into the files of this folder: into a plan that is there, by the merge of the engine, or into a new one. Nothing
 * is written while a conflict is undecided; then the policy first and the plan, which remembers the templates, last, so that a crash
 * between the two is made good by doing it again.
 */
import * as fs from 'node:fs'
import path from 'node:path'
import {
  applyToPolicyText, findUsed, newPlan, policyEntries, templateDigest, updateFromTemplates, usedTemplates,
  type PolicyResolution, type Template, type TemplatePolicy, type TemplateUpdate, type TemplateUse, type TemplateValues,
} from '@buildrunner/sdk/template-engine'
import { t } from '../text/text.ts'
import { table } from '../core/style.ts'
import type { PlanConflict, Resolution } from '@buildrunner/sdk/plans'
import { parsePolicy } from '@buildrunner/sdk/policy'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { CliError, failure } from '../core/errors.ts'
import { EXIT } from '../core/exit-codes.ts'
import { choose } from '../core/prompts.ts'
import { createPlanFiles } from '../files/new-plan.ts'
import { POLICY_PATHS } from '../governance/policy-file.ts'
import { valueText } from '../plan/describe.ts'
import { changePlan, loadPlan, type LoadedPlan } from '../plan/session.ts'
import { COPIES, notFound, type FileTemplate, type Templates } from './sources.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Context } from '../core/context.ts'

/** Decisions as they are given on the command line. */
export interface DecisionOptions {
  keep?: 'local' | 'remote'
  except?: string[]
}

/** A project before templates come. */
export interface Project {
  readonly workspace: Workspace
  /** Undefined where there is no plan yet. */
  readonly loaded: LoadedPlan | undefined
  /** The templates of the plan, as they were used. */
  readonly previous: readonly TemplateUse[]
  /** Where the policy is, or will be; absolute. */
  readonly policyFile: string
  /** Undefined where there is none. */
  readonly policyText: string | undefined
}

/** @throws PLAN_HAS_ERRORS, POLICY_HAS_ERRORS, TEMPLATE_NOT_FOUND where a template of the plan is gone */
export async function openProject(workspace: Workspace, templates: Templates): Promise<Project> {
  const loaded = fs.existsSync(workspace.planFile) ? loadPlan(workspace) : undefined
  const used = loaded === undefined ? [] : usedTemplates(loaded.plan)
  const previous: TemplateUse[] = []
  for (const entry of used) previous.push({ template: await notFound(() => findUsed(templates.sources, entry)), values: entry.values, ids: entry.ids })
  const candidates = POLICY_PATHS.map((file) => path.join(workspace.root, file))
  const policyFile = candidates.find((file) => fs.existsSync(file)) ?? candidates[0]!
  const policyText = fs.existsSync(policyFile) ? fs.readFileSync(policyFile, 'utf8') : undefined
  if (policyText !== undefined) requirePolicy(policyText, path.relative(workspace.root, policyFile))
  return { workspace, loaded, previous, policyFile, policyText }
}

function requirePolicy(text: string, display: string): void {
  const errors = parsePolicy(text).problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first !== undefined) throw failure('POLICY_HAS_ERRORS', { path: display, errors: errors.length, first: t('line {line}: {message}', { line: first.line, message: first.message }) }, { details: { problems: errors } })
}

/** What bringing the templates comes to, before anything is written. */
export interface Brought extends TemplateUpdate {
  readonly next: readonly TemplateUse[]
}

/** Of a folder without a plan: what is made then comes from the templates alone. */
const NOTHING = { head: { version: 1, project: { name: '' } }, items: new Map(), children: new Map([[null, []]]) }

/** @throws TEMPLATE_REFUSED for wrong values, and for templates that do not go together */
export function bring(project: Project, next: readonly TemplateUse[], resolutions: Resolutions = { plan: [], policy: [] }): Brought {
  const { loaded, previous, policyText } = project
  const plan = loaded?.flat ?? NOTHING
  const policy: TemplatePolicy = policyText === undefined ? {} : policyEntries(policyText)
  const update = updateFromTemplates({ plan, policy, previous, next, resolutions: resolutions.plan, policyResolutions: resolutions.policy })
  const { instantiation } = update
  const faults = [...instantiation.problems, ...instantiation.conflicts.filter(({ severity }) => severity === 'error')]
  if (instantiation.plan === undefined) {
    const [first] = faults
    const remedy = first !== undefined && ('remedy' in first ? first.remedy : first.resolution)
    throw new CliError({ code: 'TEMPLATE_REFUSED', message: faults.map(({ message }) => message).join('\n  '), ...(remedy && { remedy }), problems: instantiation.problems, conflicts: instantiation.conflicts }, EXIT.usage)
  }
  return { ...update, next }
}

/** Decisions as the engine takes them. */
export interface Resolutions {
  plan: Resolution[]
  policy: PolicyResolution[]
}

/** A conflict of plan or policy under one name. */
export interface NamedConflict {
  readonly name: string
  readonly base?: unknown
  readonly local?: unknown
  readonly remote?: unknown
  readonly kind: PlanConflict['kind'] | 'policy'
}

/** Every conflict, by the name that `--except` takes: `ID`, `ID.field`, `plan.field`, `policy.ID`. */
export const namedConflicts = ({ conflicts, policy }: TemplateUpdate): NamedConflict[] => [
  ...conflicts.map(({ id, field, kind, base, local, remote }) => ({ name: `${id ?? 'plan'}${field === undefined ? '' : `.${field}`}`, kind, base, local, remote })),
  ...policy.conflicts.map(({ id, base, local, remote }) => ({ name: `policy.${id}`, kind: 'policy' as const, base, local, remote })),
]

/**
 * Decides conflicts: by `--keep`, else by asking on a terminal.
 *
 * @returns undefined while one is undecided
 * @throws CONFLICT_UNKNOWN for a name after `--except` that is in no conflict
 */
export async function decideAll(context: Context, update: TemplateUpdate, { keep, except = [] }: DecisionOptions): Promise<Resolutions | undefined> {
  const named = namedConflicts(update)
  const names = named.map(({ name }) => name)
  const unknown = except.find((name) => !names.includes(name))
  if (unknown !== undefined) throw failure('CONFLICT_UNKNOWN', { item: unknown, conflicts: names })
  if (keep === undefined && !context.interactive) return undefined
  const sides = new Map<string, 'local' | 'remote'>()
  for (const conflict of named) {
    const { name } = conflict
    const side = keep === undefined ? await askSide(context, conflict) : except.includes(name) === (keep === 'local') ? 'remote' : 'local'
    if (side === 'leave') return undefined
    sides.set(name, side)
  }
  const sideOf = (at: number): 'local' | 'remote' => sides.get(names[at]!)!
  return {
    plan: update.conflicts.map(({ id, field }, at) => ({ id, ...(field !== undefined && { field }), keep: sideOf(at) })),
    policy: update.policy.conflicts.map(({ list, id }, at) => ({ list, id, keep: sideOf(update.conflicts.length + at) })),
  }
}

function askSide({ out }: Context, { name, base, local, remote }: NamedConflict): Promise<'local' | 'remote' | 'leave'> {
  const { dim } = out.errorStyle
  out.note(table([[dim(t('before')), valueText(base)], [dim(t('yours')), valueText(local)], [dim(t('template')), valueText(remote)]]).join('\n'))
  return choose(t('What stands for {name}?', { name }), [{ value: 'local', label: t('Keep yours') }, { value: 'remote', label: t("Take the template's") }, { value: 'leave', label: t('Write nothing') }])
}

/** Writes plan, policy and copies of templates that came from files. @returns the files that were written, relative to the root */
export async function write(project: Project, brought: Brought, files: Iterable<FileTemplate>): Promise<string[]> {
  const { workspace, loaded } = project
  const { root } = workspace
  const copied = [...files].filter(({ template }) => brought.next.some((use) => use.template === template))
  for (const { template } of copied) requireNewVersion(project, template)
  const written: string[] = []
  const beside = (): void => {
    for (const { template, text } of copied) save(root, path.join(COPIES, `${template.name}@${template.version}.yml`), text, written)
    const text = nextPolicy(project, brought)
    if (text !== undefined) save(root, path.relative(root, project.policyFile), text, written)
  }
  if (loaded === undefined) {
    const plan = newPlan(brought.instantiation)!
    written.push(...(await createPlanFiles(workspace, plan, beside)).written)
    return written
  }
  await changePlan(workspace, (before) => {
    if (before.text !== loaded.text) throw failure('USAGE', { text: t('The plan was changed meanwhile; nothing was written.'), remedy: t('Try again.') })
    beside()
    return brought.changes
  })
  if (brought.changes.length > 0) written.push(path.relative(root, workspace.planFile))
  return written
}

function save(root: string, file: string, text: string, written: string[]): void {
  writeFileAtomic(path.join(root, file), text, { createFolder: true })
  written.push(file)
}

/** The new text of the policy; undefined where it stays. */
export function nextPolicy({ policyText, policyFile, workspace }: Project, { policy }: TemplateUpdate): string | undefined {
  if (policy.changes.length === 0) return undefined
  const text = applyToPolicyText(policyText ?? '', policy)
  requirePolicy(text, path.relative(workspace.root, policyFile))
  return text
}

/** What a plan was made from must be found again: a file whose content changed has another version. */
function requireNewVersion({ previous }: Project, template: Template): void {
  const same = previous.find((use) => use.template.name === template.name && use.template.version === template.version)
  if (same === undefined || templateDigest(same.template) === templateDigest(template)) return
  throw failure('USAGE', { text: t('{name} {version} is what this plan was made from, with other content; nothing was written.', { name: template.name, version: template.version }), remedy: t('Raise the version in the file, then: br template update.') })
}

/** Values that the templates of the plan hold already, for those that join them: one test command is enough. */
export const knownValues = (previous: readonly TemplateUse[]): TemplateValues => Object.assign({}, ...previous.map(({ values }) => values)) as TemplateValues
