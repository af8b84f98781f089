/** `br plan graph`: who waits for whom, as text, SVG, Mermaid or DOT. */
import { Option, type Command } from 'commander'
import { chartPage, graphMermaid, graphSvg, graphTable, type PlanGraph } from '@buildrunner/sdk/flow'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { deliver, outputFileOptions, type OutputFileOptions } from '../../core/write-file.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { graphData, renderGraph, selectGraph } from '../../plan/graph.ts'
import { loadPlan } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

const FORMATS = ['ascii', 'text', 'svg', 'html', 'mermaid', 'dot', 'json'] as const

export interface GraphOptions extends PlanFileOptions, OutputFileOptions {
  format: (typeof FORMATS)[number]
  all?: boolean
  level: 'milestone' | 'step' | 'microstep'
}

export function define(command: Command): void {
  command
    .argument('[id]', 'only what lies in this item, and what it depends on')
    .addOption(new Option('--format <format>', 'the form; html has a table beside the chart').choices([...FORMATS]).default('ascii'))
    .addOption(
      new Option('--level <level>', 'draw milestones, steps or microsteps; dependencies below roll up')
        .choices(['milestone', 'step', 'microstep'])
        .default('microstep'),
    )
    .option('--all', 'also items without any dependency')
  outputFileOptions(command)
  planFileOption(command)
  examples(command, [
    ['br plan graph', 'as text'],
    ['br plan graph --format svg -o graph.svg', 'as a picture'],
    ['br plan graph --format mermaid > graph.mmd', 'for a markdown page'],
    ['br plan graph --level step --format dot | dot -Tsvg > graph.svg', 'steps, through Graphviz'],
    ['br plan graph M2', 'one milestone'],
  ])
}

export function run(context: Context, options: GraphOptions, [id]: string[]): void {
  const { flat } = loadPlan(findWorkspace(context.cwd, options.file))
  const graph = selectGraph(flat, { level: options.level, all: options.all === true, ...(id === undefined ? {} : { within: id }) })
  if (context.out.json && options.output === undefined) context.out.result(graphData(graph), () => '')
  else if (['ascii', 'text'].includes(options.format) && options.output === undefined) context.out.lines(renderGraph(graph, 'ascii', context.out.style))
  else deliver(context, options, documentOf(context, graph, options.format))
}

function documentOf({ out }: Context, graph: PlanGraph, format: GraphOptions['format']): string {
  switch (format) {
    case 'svg':
      return graphSvg(graph)
    case 'html':
      return chartPage(`${t('Dependencies')}: ${graph.title ?? 'plan'}`, graphSvg(graph), graphTable(graph))
    case 'mermaid':
      return graphMermaid(graph)
    case 'json':
      return `${JSON.stringify(graphData(graph), null, 2)}\n`
    case 'dot':
    case 'ascii':
    case 'text':
      return `${renderGraph(graph, format === 'dot' ? 'dot' : 'ascii', out.style).join('\n')}\n`
  }
}
