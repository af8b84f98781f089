/** `br plan import`: a plan from Task Master, Spec Kit, Backlog.md, markdown, or another plan.json. */
import * as fs from 'node:fs'
import path from 'node:path'
import { Option, type Command } from 'commander'
import { hasErrors, importPlan, setSyncMark, type ImportReport, type ImportResult, type ImportSource, type Plan } from '@buildrunner/sdk/plans'
import { examples } from '../../core/command.ts'
import { failure, systemCode } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { ignoredLine, ignoreState } from '../../files/ignore-state.ts'
import { findWorkspace, PLAN_PATH, readTextFile, type Workspace } from '../../files/workspace.ts'
import { countProblems, problemLines } from '../../plan/problems.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'

export interface ImportCommandOptions {
  format: 'auto' | 'task-master' | 'spec-kit' | 'backlog-md' | 'checklist' | 'markdown' | 'plan'
  fix?: boolean
  out?: string
  dryRun?: boolean
  yes?: boolean
  name?: string
}

export function define(command: Command): void {
  command
    .argument('<file...>', 'files, or one folder')
    .addOption(
      new Option('--format <format>', 'how to read it')
        .choices(['auto', 'task-master', 'spec-kit', 'backlog-md', 'checklist', 'markdown', 'plan'])
        .default('auto'),
    )
    .option('--fix', 'repair cycles, dangling and duplicate ids, and say how')
    .option('--out <file>', 'where the plan goes (default: buildrunner/specs/plan.json)')
    .option('--name <name>', "the project's name (default: from the source)")
    .option('--dry-run', 'report only')
    .option('-y, --yes', 'replace a plan that is there')
  examples(command, [
    ['br plan import .taskmaster/tasks/tasks.json', 'from Task Master'],
    ['br plan import specs/001-app/tasks.md', 'from Spec Kit'],
    ['br plan import backlog/', 'a Backlog.md folder'],
    ['br plan import ROADMAP.md --dry-run', 'what would arrive'],
    ['br plan import tasks.json --fix --yes', 'repair faults, replace the plan that is there'],
  ])
}

export async function run(context: Context, options: ImportCommandOptions, files: string[]): Promise<number> {
  const { out } = context
  const workspace = findWorkspace(context.cwd, options.out)
  const result = importPlan(readSources(context.cwd, files), {
    format: options.format,
    fix: options.fix === true,
    ...(options.name === undefined ? {} : { projectName: options.name }),
  })
  const usable = result.plan !== undefined && !hasErrors(result.problems)
  const writes = usable && options.dryRun !== true
  const gitignore = writes && (await write(context, workspace, result.plan as Plan, options.yes))
  out.result(
    {
      written: writes ? workspace.displayPath : null,
      gitignore,
      ...countProblems(result.problems),
      problems: result.problems,
      report: result.report,
      ...(options.dryRun === true ? { plan: result.plan } : {}),
    },
    () => [...reportLines(result, out.style), conclusion(workspace, usable, writes, options, out.style), ...(gitignore ? [ignoredLine(out.style)] : [])],
  )
  return usable ? EXIT.ok : EXIT.planErrors
}

const MAX_FILES = 5000
const MAX_BYTES = 20_000_000

/** A folder stands for the text files in it, hidden folders and dependencies left out. */
function readSources(cwd: string, names: readonly string[]): ImportSource[] {
  const sources: ImportSource[] = []
  const visit = (name: string, depth: number): void => {
    const stats = fs.statSync(path.resolve(cwd, name), { throwIfNoEntry: false })
    if (stats?.isDirectory() !== true) {
      if (stats !== undefined && stats.size > MAX_BYTES) throw failure('USAGE', { text: t('{name} is larger than {MAX_BYTES} MB: that is no plan.', { name, MAX_BYTES: MAX_BYTES / 1e6 }) })
      sources.push({ name: name.split(path.sep).join('/'), text: readTextFile(cwd, name) })
      return
    }
    for (const entry of readFolder(cwd, name)) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || depth > 8) continue
      if (entry.isDirectory() || /\.(md|markdown|json)$/i.test(entry.name)) visit(path.join(name, entry.name), depth + 1)
      if (sources.length > MAX_FILES)
        throw failure('USAGE', { text: t('There are more than {MAX_FILES} files in {names}.', { MAX_FILES, names: names.join(', ') }), remedy: t('Name the folder that holds the tasks.') })
    }
  }
  for (const name of names) visit(name, 0)
  return sources
}

function readFolder(cwd: string, name: string): fs.Dirent[] {
  try {
    return fs.readdirSync(path.resolve(cwd, name), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    throw failure('FILE_NOT_READABLE', { path: name, reason: systemCode(error) ?? 'unknown' }, { cause: error })
  }
}

/**
 * The link of a plan that is replaced stays: the next sync then brings the difference to the server.
 *
 * @returns whether git was told to ignore the cache; never for a plan that is kept elsewhere
 */
async function write(context: Context, workspace: Workspace, plan: Plan, yes: boolean | undefined): Promise<boolean> {
  if (fs.existsSync(workspace.planFile)) await confirmDestructive(context, { what: t('Replacing {displayPath}', { displayPath: workspace.displayPath }), yes })
  return withLock(workspace.lockFile, (lock) => {
    const text = `${JSON.stringify(plan, null, 2)}\n`
    const mark = linkOf(workspace.planFile)
    lock.assertHeld()
    writeFileAtomic(workspace.planFile, mark === undefined ? text : setSyncMark(text, mark), { createFolder: true })
    return workspace.planFile === path.join(workspace.root, PLAN_PATH) && ignoreState(workspace.root)
  })
}

function linkOf(file: string): Plan['x-sync'] {
  try {
    return (JSON.parse(fs.readFileSync(file, 'utf8')) as Plan)['x-sync']
  } catch {
    return undefined
  }
}

const MAX_LISTED = 20

function reportLines({ report, problems }: ImportResult, style: Style): string[] {
  const bySource = new Map<string, typeof problems>()
  for (const problem of problems) bySource.set(problem.source ?? '', [...(bySource.get(problem.source ?? '') ?? []), problem])
  const lines = [...bySource].flatMap(([source, list]) => problemLines(list, { path: source, style }))
  const listed = (title: string, entries: readonly string[]): void => {
    if (entries.length === 0) return
    lines.push(style.bold(title), ...entries.slice(0, MAX_LISTED).map((entry) => `  ${entry}`))
    if (entries.length > MAX_LISTED) lines.push(style.dim(`  ${t('and {entries} more (--json lists all)', { entries: entries.length - MAX_LISTED })}`))
  }
  const place = ({ source, line }: { source?: string; line?: number }): string =>
    source === undefined ? '' : style.dim(` ${source}${line === undefined ? '' : `:${line}`}`)
  listed(
    t('Repaired'),
    report.repairs.map((repair) => `${style.green('✓')} ${repair.message}${place(repair)}`),
  )
  listed(
    t('Not in the plan'),
    report.skipped.map((entry) => `${entry.item}: ${entry.reason}${place(entry)}`),
  )
  listed(
    t('Merged'),
    report.merged.map((entry) => `${entry.item}: ${entry.reason}${place(entry)}`),
  )
  listed(
    t('Files left out'),
    report.ignored.map(({ source, reason }) => `${source}: ${reason}`),
  )
  listed(
    t('Notes'),
    report.notes.map((note) => `${note.message}${(note.count ?? 1) > 1 ? style.dim(` ${t('({count} times)', { count: note.count })}`) : ''}${place(note)}`),
  )
  if (report.format !== undefined) lines.push(`${style.bold(report.format)}: ${tallyText(report)}`)
  return lines
}

function tallyText({ found, arrived, added, merged, skipped }: ImportReport): string {
  const sum = ({ milestones, steps, microsteps }: ImportReport['arrived']): number => milestones + steps + microsteps
  const parts = [t('{found, plural, one {# item} other {# items}} found', { found }), t('{arrived} arrived', { arrived: sum(arrived) })]
  if (merged.length > 0) parts.push(t('{merged} merged', { merged: merged.length }))
  if (skipped.length > 0) parts.push(t('{skipped} not in the plan', { skipped: skipped.length }))
  if (sum(added) > 0) parts.push(t('{added} added for structure', { added: sum(added) }))
  return parts.join(', ')
}

function conclusion(workspace: Workspace, usable: boolean, written: boolean, { dryRun, fix }: ImportCommandOptions, style: Style): string {
  if (written) return `${style.green('✓')} ${workspace.displayPath}`
  if (usable) return style.dim(dryRun === true ? t('Nothing was written (--dry-run).') : t('Nothing was written.'))
  return `${style.red('✗')} ${t('No usable plan; nothing was written.')}${fix === true ? '' : style.dim(` ${t('--fix repairs what can be repaired.')}`)}`
}
