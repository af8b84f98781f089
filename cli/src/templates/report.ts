/** How bringing templates into a plan reads for people. */
import { changeLines, valueText } from '../plan/describe.ts'
import { namedConflicts, type Brought, type Project } from './bring.ts'
import { t } from '../text/text.ts'
import { table, type Style } from '../core/style.ts'

const MAX_LINES = 30

/** As data: the same for a dry run and for the real one. */
export const reportOf = (project: Project, brought: Brought, { written, dryRun }: { written: readonly string[]; dryRun: boolean }) => ({
  templates: brought.next.map(({ template: { name, version } }) => ({ name, version, before: project.previous.find((use) => use.template.name === name)?.template.version ?? null })),
  changes: brought.changes.filter(({ op }) => op !== 'head'),
  policyChanges: brought.policy.changes,
  conflicts: namedConflicts(brought),
  templateConflicts: brought.instantiation.conflicts,
  written,
  dryRun,
})
export type Report = ReturnType<typeof reportOf>

export function reportLines(project: Project, report: Report, style: Style): string[] {
  const { templates, changes, policyChanges, conflicts, templateConflicts, written, dryRun } = report
  const lines = templates.map(({ name, version, before }) => `${style.bold(name)} ${before === null || before === version ? version : `${before} → ${version}`}${before === null ? style.dim(` ${t('(new)')}`) : ''}`)
  for (const { message, resolution } of templateConflicts) lines.push(`${style.yellow('!')} ${message} ${style.dim(resolution)}`)
  if (project.loaded !== undefined) {
    const shown = changeLines([...changes], project.loaded.flat, style)
    lines.push(...shown.slice(0, MAX_LINES).map((line) => `  ${line}`))
    if (shown.length > MAX_LINES) lines.push(style.dim(`  ${t('and {shown} more', { shown: shown.length - MAX_LINES })}`))
  }
  for (const { list, id, entry } of policyChanges) lines.push(`  ${`${list === 'rules' ? t('policy rule {id}', { id }) : t('policy gate of {id}', { id })} ${style.dim(entry === null ? t('goes') : t('is set'))}`}`)
  for (const { name, base, local, remote } of conflicts) {
    lines.push(`${style.red('✗')} ${style.bold(name)}  ${style.dim(t('you and the template changed it'))}`, ...table([[style.dim(t('before')), valueText(base)], [style.dim(t('yours')), valueText(local)], [style.dim(t('template')), valueText(remote)]], { indent: 4 }))
  }
  return [...lines, conclusion(conflicts.length, written, dryRun, style)]
}

function conclusion(conflicts: number, written: readonly string[], dryRun: boolean, style: Style): string {
  if (dryRun) return style.dim(t('Nothing was written (--dry-run).'))
  if (conflicts > 0) return `${style.yellow('!')} ${t('{conflicts, plural, one {# conflict} other {# conflicts}}; nothing was written.', { conflicts })} ${style.dim(t('Decide: --keep local or --keep remote; --except NAME for the other side.'))}`
  return written.length === 0 ? `${style.green('✓')} ${t('nothing to change')}` : `${style.green('✓')} ${written.join(', ')}`
}
