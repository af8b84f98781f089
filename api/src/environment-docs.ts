import { VARIABLE_LIST, type Variable } from './environment.ts'

/** The content of `.env.example`. */
export function envExample(): string {
  const entries = VARIABLE_LIST.map(([name, definition]) => `# ${definition.purpose}${suffix(definition)}\n# ${name}=${definition.default ?? ''}\n`)
  return `# Copy to .env and take the # away from what you set. The shell's own variables win.\n\n${entries.join('\n')}`
}

/** The configuration table of the README, in markdown. */
export function environmentTable(): string {
  const rows = VARIABLE_LIST.map(([name, { purpose, readBy, ...rest }]) => `| \`${name}\` | ${purpose} | ${initial(rest)} | ${readBy} |`)
  return ['| variable | what it is for | default | read by |', '|---|---|---|---|', ...rows].join('\n')
}

function suffix({ unset, secret }: Variable<unknown>): string {
  return `${unset ? ` Not set: ${unset}.` : ''}${secret ? ' Secret.' : ''}`
}

function initial(definition: Pick<Variable<unknown>, 'default' | 'unset'>): string {
  return definition.default === undefined ? definition.unset ?? '' : `\`${definition.default}\``
}
