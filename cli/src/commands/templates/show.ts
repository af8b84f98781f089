/** `br template show`: what a template asks, plans and allows. */
import { templateDigest, type Template, type TemplateItem, type TemplateVariable } from '@buildrunner/sdk/template-engine'
import { examples, serverOptions } from '../../core/command.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { Templates, type SourceOptions } from '../../templates/sources.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<template>', 'NAME, NAME@VERSION, or a file').option('--offline', 'ask no server')
  serverOptions(command, { project: false })
  examples(command, [
    ['br template show web-app', 'its parameters, plan, policy, and what can join it'],
    ['br template show web-app --json > mine.json', 'all of it, to begin one of your own from'],
  ])
}

export async function run(context: Context, options: SourceOptions, [reference = '']: string[]): Promise<void> {
  const templates = await Templates.open(context, findWorkspace(context.cwd), options)
  const template = await templates.find(reference)
  context.out.result({ ...template, digest: templateDigest(template) }, () => lines(template, context.out.style))
}

function lines(template: Template, style: Style): string[] {
  const { name, version, kind, title, description, variables = [], plan, policy, anchors = [], joins = [], requires = [] } = template
  const part = (heading: string, entries: readonly string[]): string[] => (entries.length === 0 ? [] : ['', style.bold(heading), ...entries.map((entry) => `  ${entry}`)])
  return [
    `${style.bold(title)}  ${style.dim(`${kind} ${name}@${version}`)}`,
    description,
    ...part(t('Asks'), variables.map((variable) => variableLine(variable, style))),
    ...part(t('Plans'), plan.milestones.flatMap((milestone) => itemLines(milestone, 0, style))),
    ...part(t('Rules'), [...(policy?.rules ?? []).map((rule) => `${String(rule['id'])} ${style.dim(String(rule['effect']))}  ${String(rule['message'])}`), ...(policy?.phases ?? []).filter(({ require }) => require !== undefined).map((gate) => t('entering {gate} {gate2}', { gate: String(gate['phase']), gate2: style.dim(JSON.stringify(gate['require'])) }))]),
    ...part(t('Others can join'), anchors.map((anchor) => `${anchor.name}  ${style.dim(anchor.description ?? '')}`)),
    ...part(t('Joins'), joins.map(({ item, dependsOn = [], blocks = [] }) => `${item}${dependsOn.length > 0 ? ` ${t('after {dependsOn}', { dependsOn: dependsOn.join(', ') })}` : ''}${blocks.length > 0 ? ` ${t('before {blocks}', { blocks: blocks.join(', ') })}` : ''}`)),
    ...part(t('Requires'), requires.map((each) => `${each.name} ${each.version}`)),
  ]
}

function variableLine({ name, type, prompt, default: preset, choices }: TemplateVariable, style: Style): string {
  const shown = preset === undefined ? t('required') : t('default: {what}', { what: Array.isArray(preset) ? preset.join(', ') : String(preset) })
  return `${name} ${style.dim(choices === undefined ? type : choices.join(' | '))}  ${prompt} ${style.dim(`(${shown})`)}`
}

function itemLines(item: TemplateItem, depth: number, style: Style): string[] {
  const remark = [item.forEach === undefined ? '' : t('for each {in}', { in: item.forEach.in }), item.if === undefined ? '' : t('if {if}', { if: item.if })].filter((text) => text !== '').join(', ')
  const children = [...(item.steps ?? []), ...(item.microsteps ?? [])]
  return [`${'  '.repeat(depth)}${item.title}${remark === '' ? '' : style.dim(`  ${remark}`)}`, ...children.flatMap((child) => itemLines(child, depth + 1, style))]
}
