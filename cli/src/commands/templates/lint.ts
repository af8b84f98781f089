/** `br template lint`: every fault of a template, with its place: structure, expressions, and the plans and policies that it makes. */
import { parseTemplate } from '@buildrunner/sdk/template-engine'
import { examples } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { readTextFile } from '../../files/workspace.ts'
import { countProblems, problemLines, problemSummary } from '../../plan/problems.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<file...>', 'templates, YAML or JSON').option('--strict', 'warnings fail too')
  examples(command, [
    ['br template lint templates/*.yml', 'exit code 3 when one has errors'],
    ['br template lint --strict mine.yml', 'and when it has warnings'],
  ])
}

export function run({ cwd, out }: Context, { strict }: { strict?: boolean }, files: string[]): number {
  const checked = files.map((file) => {
    const text = readTextFile(cwd, file)
    const { problems } = parseTemplate(text)
    return { file, text, problems, ...countProblems(problems) }
  })
  out.result({ files: checked.map(({ text: _, ...rest }) => rest) }, () =>
    checked.flatMap(({ file, text, problems, errors, warnings }) => [
      ...problemLines(problems, { path: file, style: out.style, text: out.isTerminal ? text : undefined }),
      `${problemSummary({ errors, warnings }, out.style)} ${out.style.dim(t('in {file}', { file }))}`,
    ]),
  )
  return checked.some(({ errors, warnings }) => errors > 0 || (strict === true && warnings > 0)) ? EXIT.planErrors : EXIT.ok
}
