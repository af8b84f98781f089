/** `br projects list`. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { bar, table } from '../../core/style.ts'
import { number, oneLine } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { projectsOrCopy } from '../../offline/from-copy.ts'
import { t } from '../../text/text.ts'
import type { Project } from '@buildrunner/sdk'
import type { ProjectEntry } from '@buildrunner/sdk/offline'
import type { Style } from '../../core/style.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  search?: string
  archived?: boolean
  limit: string
}

export function define(command: Command): void {
  command
    .option('--search <text>', 'only those whose name or slug contains it')
    .option('--archived', 'archived ones')
    .option('--limit <count>', 'at most so many', '100')
  serverOptions(command, { project: false })
  examples(command, [
    ['br projects list', 'with progress'],
    ['br projects list --search web --json', 'as data'],
  ])
}

/** What a copy knows of a project is less. */
interface Listed {
  projects: readonly (Project | ProjectEntry)[]
  totalCount: number
}

export async function run(context: Context, options: ListOptions): Promise<void> {
  const limit = readLimit(options.limit)
  const { client, reading, settings } = await connect(context, options)
  const ask = () => reading(async () => {
    const projects: Project[] = []
    let totalCount = 0
    for await (const page of client.projects.list({ first: pageSize(limit), search: options.search, archived: options.archived }).pages()) {
      totalCount = page.totalCount
      projects.push(...page.projects.slice(0, limit - projects.length))
      if (projects.length >= limit) break
      context.out.progress(t('{projects} of {totalCount} projects', { projects: projects.length, totalCount }))
    }
    return { projects, totalCount }
  })
  // Whether a project is archived, only the server knows.
  const { data: { projects, totalCount }, asOf } = options.archived === true ? { data: await ask() } : await projectsOrCopy<Listed>(context, settings.baseUrl, ask, (known) => found(known, options.search, limit))
  const { style } = context.out
  context.out.result({ projects, totalCount, ...(asOf !== undefined && { asOf }) }, () => {
    if (projects.length === 0)
      return style.dim(options.search === undefined ? t('No projects. br projects create NAME makes one.') : t('No project matches "{search}".', { search: options.search }))
    const rows = projects.map((project) => [style.bold(project.slug), oneLine(project.name), ...('progress' in project ? progressCells(project, style) : [])])
    const more = totalCount - projects.length
    return [...table(rows, { right: [3] }), ...(more > 0 ? [style.dim(t('and {more} more (--limit)', { more }))] : [])]
  })
}

const progressCells = ({ progress, counts }: Project, style: Style): string[] => [
  bar(progress.percent / 100, 10, style),
  `${number(progress.percent)} %`,
  style.dim(t('{count, plural, one {# microstep} other {# microsteps}}', { count: counts.microsteps })),
]

/** As the server searches. */
function found(known: readonly ProjectEntry[], search = '', limit: number): Listed {
  const wanted = search.toLowerCase()
  const matching = known.filter(({ name, slug }) => name.toLowerCase().includes(wanted) || slug.includes(wanted))
  return { projects: matching.slice(0, limit), totalCount: matching.length }
}
