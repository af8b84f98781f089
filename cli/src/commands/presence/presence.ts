/** `br presence`: who is on a project, and on what; with `--watch` as it changes, until Ctrl-C. */
import { stripVTControlCharacters } from 'node:util'
import { t } from '../../text/text.ts'
import type { Presence, PresentPerson } from '@buildrunner/sdk'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { displayWidth, table, truncate, type Style } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { loadWebSocket } from '../../server/web-socket.ts'
import { projectHere } from '../../sync/project-here.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface PresenceOptions extends ServerOptions {
  watch?: boolean
}

export function define(command: Command): void {
  command.argument('[project]', 'project id or slug (default: as --project)').option('--watch', 'show it again whenever it changes, until Ctrl-C')
  serverOptions(command, { project: true })
  examples(command, [
    ['br presence', 'who is on the project of this folder'],
    ['br presence website --watch', 'who comes, goes and types'],
    ['br presence --watch --json', 'one JSON object a line, with all who are there'],
  ])
}

export async function run(context: Context, { watch, ...options }: PresenceOptions, [project]: string[]): Promise<void> {
  const given = { ...options, ...(project !== undefined && { project }) }
  const connection = await connect(context, watch ? { ...given, webSocket: await loadWebSocket() } : given)
  const { id } = await connection.project(await projectHere(context, connection))
  if (watch) return follow(context, connection, id)
  const presence = await connection.ask(connection.client.presence.get({ projectId: id }))
  context.out.result(presence, () => linesOf(presence, context.out.style))
}

async function follow({ out }: Context, { client, reading }: Connection, projectId: string): Promise<void> {
  const onState = (state: 'connecting' | 'open'): void => (state === 'connecting' ? out.progress('Connecting…') : out.clearProgress())
  let drawn = 0
  await reading(async () => {
    for await (const presence of client.presence.watch({ projectId }, { onState })) {
      if (out.json) {
        out.raw(`${JSON.stringify(presence)}\n`)
        continue
      }
      // a line that wraps would be two to go back over
      const lines = linesOf(presence, out.style).map((line) => (displayWidth(line) > out.width ? truncate(stripVTControlCharacters(line), out.width) : line))
      if (out.isTerminal && drawn > 0) out.raw(`\x1b[${drawn}A\x1b[J`)
      out.lines(out.isTerminal ? lines : [...lines, ''])
      drawn = lines.length
    }
  })
}

function linesOf({ people, degraded }: Presence, style: Style): string[] {
  const lines = people.length === 0 ? [style.dim(t('Nobody is there.'))] : table(people.map((person) => rowOf(person, style)))
  return degraded ? [...lines, style.yellow(t('Some may be missing: the servers cannot tell each other who is there.'))] : lines
}

function rowOf({ person, status, itemKey, typing, cursor, devices }: PresentPerson, { bold, dim, green, yellow }: Style): string[] {
  const dot = status === 'ACTIVE' ? green('●') : status === 'IDLE' ? yellow('●') : dim('○')
  const where = [itemKey === null ? '' : oneLine(itemKey), cursor === null ? '' : `${oneLine(cursor.field)}:${cursor.offset}`].filter(Boolean).join(' ')
  return [dot, bold(oneLine(person.name)), where, typing ? t('typing') : dim(status.toLowerCase()), devices > 1 ? dim(t('{devices} devices', { devices })) : '']
}
