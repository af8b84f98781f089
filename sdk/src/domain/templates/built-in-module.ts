import type { Template } from './types.ts'

/** The text of `_generated/built-in.ts`: each template as JSON in one text, which costs a program nothing until it is asked for. */
export const builtInModule = (templates: readonly Template[]): string =>
  `/** Made of \`sdk/templates\` by \`sdk/scripts/write-templates.ts\`. */\n\n/** Templates as JSON, by name. */\nexport const BUILT_IN: Readonly<Record<string, string>> = {\n${templates.map((template) => `  ${JSON.stringify(template.name)}: ${JSON.stringify(JSON.stringify(template))},\n`).join('')}}\n`
