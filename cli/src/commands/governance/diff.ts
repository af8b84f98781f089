/** `br governance diff`: what changed between two versions, or from the server to the file. */
import { parsePolicy, policyDiff } from '@buildrunner/sdk/policy'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { heldPolicy } from '../../governance/held.ts'
import { readPolicyFile } from '../../governance/policy-file.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { readVersion } from './show.ts'
import { t } from '../../text/text.ts'
import type { Connection } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

interface Change {
  readonly rule: string
  readonly kind: string
  readonly fields: readonly string[]
}

export function define(command: Command): void {
  command.argument('[from]', 'number of a version; 0: no rules').argument('[to]', 'number of another (default: the next one)')
  serverOptions(command, { project: true })
  examples(command, [
    ['br governance diff', 'what br governance apply would change'],
    ['br governance diff 1 3', 'between two versions'],
  ])
}

export async function run(context: Context, options: ServerOptions, [from, to]: string[]): Promise<void> {
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const changes = from === undefined ? await againstFile(context, connection, projectId) : await betweenVersions(connection, projectId, from, to)
  const { style } = context.out
  context.out.result({ changes }, () => (changes.length === 0 ? style.dim(t('They say the same.')) : changes.map((change) => changeLine(change, style))))
}

async function betweenVersions({ client, reading }: Connection, projectId: string, from: string, to: string | undefined): Promise<readonly Change[]> {
  const first = readVersion('from', from)
  const { changes } = await reading(() => client.governance.diffVersions({ projectId, from: first, to: to === undefined ? first + 1 : readVersion('to', to) }).orThrow())
  return changes.map(({ rule, kind, fields }) => ({ rule, kind: kind.toLowerCase(), fields }))
}

async function againstFile(context: Context, connection: Connection, projectId: string): Promise<readonly Change[]> {
  const { text } = readPolicyFile(context, undefined)
  const held = await heldPolicy(connection, projectId)
  const policyOf = (source: string | undefined) => (source === undefined ? null : parsePolicy(source).policy)
  return policyDiff(policyOf(held?.text), policyOf(text)).map(({ ruleId, kind, fields }) => ({ rule: ruleId, kind, fields }))
}

const SIGNS: Readonly<Record<string, string>> = { added: '+', removed: '-', changed: '~' }
const changeLine = ({ rule, kind, fields }: Change, { green, red, yellow, dim }: Style): string =>
  `${{ added: green, removed: red, changed: yellow }[kind as 'added'](SIGNS[kind] ?? kind)} ${rule}  ${dim(fields.join(', '))}`.trimEnd()
