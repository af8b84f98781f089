import type { Template } from './types.ts'

const entries = (templates: readonly Template[], keyOf: (template: Template) => string): string =>
  `{\n${templates.map((template) => `  ${JSON.stringify(keyOf(template))}: ${JSON.stringify(JSON.stringify(template))},\n`).join('')}}`

/** The text of `_generated/built-in.ts`: each template as JSON in one text, which costs a program nothing until it is asked for. */
export const builtInModule = (newest: readonly Template[], older: readonly Template[]): string => `/** Made of \`sdk/templates\` by \`sdk/scripts/write-templates.ts\`. */

/** The newest version of each template as JSON, by name. */
export const BUILT_IN: Readonly<Record<string, string>> = ${entries(newest, ({ name }) => name)}

/** Versions before, by \`NAME@VERSION\`: plans were made from them. */
export const OLDER: Readonly<Record<string, string>> = ${entries(older, ({ name, version }) => `${name}@${version}`)}
`
