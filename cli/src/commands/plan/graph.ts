/** `br plan graph`: who waits for whom, as Mermaid, DOT or text. */
import { Option, type Command } from 'commander'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { renderGraph, selectGraph, type GraphFormat } from '../../plan/graph.ts'
import { loadPlan } from '../../plan/session.ts'
import type { Context } from '../../core/context.ts'

export interface GraphOptions extends PlanFileOptions {
  format: GraphFormat
  all?: boolean
  level: 'milestone' | 'step' | 'microstep'
}

export function define(command: Command): void {
  command
    .argument('[id]', 'only what lies in this item, and what it depends on')
    .addOption(new Option('--format <format>', 'the form').choices(['mermaid', 'dot', 'ascii']).default('ascii'))
    .addOption(
      new Option('--level <level>', 'draw milestones, steps or microsteps; dependencies below roll up')
        .choices(['milestone', 'step', 'microstep'])
        .default('microstep'),
    )
    .option('--all', 'also items without any dependency')
  planFileOption(command)
  examples(command, [
    ['br plan graph', 'as text'],
    ['br plan graph --format mermaid > graph.mmd', 'for a markdown page'],
    ['br plan graph --level step --format dot | dot -Tsvg > graph.svg', 'steps, through Graphviz'],
    ['br plan graph M2', 'one milestone'],
  ])
}

export function run(context: Context, options: GraphOptions, [id]: string[]): void {
  const { flat } = loadPlan(findWorkspace(context.cwd, options.file))
  const graph = selectGraph(flat, { level: options.level, all: options.all === true, ...(id === undefined ? {} : { within: id }) })
  if (context.out.json) context.out.result(graph, () => '')
  else if (options.format === 'ascii') context.out.lines(renderGraph(graph, 'ascii', context.out.style))
  else context.out.raw(`${renderGraph(graph, options.format, context.out.style).join('\n')}\n`)
}
