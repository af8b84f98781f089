/** `br events watch`: what happens to a project, a line an event, until Ctrl-C. */
import type { EventMessage, ProjectEvent } from '@buildrunner/sdk'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { oneLine, plural } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { loadWebSocket } from '../../server/web-socket.ts'
import { projectHere } from '../../sync/project-here.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export interface WatchOptions extends ServerOptions {
  since?: string
}

export function define(command: Command): void {
  command.option('--since <sequence>', 'begin after this event; 0 for all (default: from now on)')
  serverOptions(command, { project: true })
  examples(command, [
    ['br events watch', 'what happens from now on, until Ctrl-C'],
    ['br events watch --since 0', 'all that happened, then what happens'],
    ['br events watch --json | jq .kind', 'one JSON object a line; { "gap": n } where history up to n is gone'],
  ])
}

export async function run(context: Context, options: WatchOptions): Promise<void> {
  const since = options.since === undefined ? undefined : Number(options.since)
  if (since !== undefined && !(Number.isInteger(since) && since >= 0))
    throw failure('INVALID_VALUE', { option: '--since', value: options.since ?? '', expected: 'the number of an event, or 0' })
  const connection = await connect(context, { ...options, webSocket: await loadWebSocket() })
  // Asked over HTTP first: a wrong address or project is an error now, and not a connection that is tried for ever.
  const project = await connection.project(await projectHere(context, connection))
  const { out } = context
  await connection.reading(async () => {
    let opened = 0
    const onState = (state: 'connecting' | 'open'): void => {
      if (state === 'connecting') return opened > 0 ? out.progress('The connection is lost; trying again…') : undefined
      if (opened++ > 0) out.note('Connected again; nothing was missed.')
    }
    for await (const message of connection.client.events.watch({ projectId: project.id, since }, { onState })) {
      const { event, gap, sequence } = message
      if (event === null && gap === null) out.note(out.errorStyle.dim(`Following ${project.slug} from event ${sequence}; Ctrl-C ends it.`))
      else if (out.json) out.raw(`${JSON.stringify(event ?? { gap })}\n`)
      else out.lines(lineOf(message, out.style))
    }
  })
}

function lineOf({ event, gap }: EventMessage, style: Style): string {
  if (event === null) return style.yellow(`Events up to ${gap} are gone. br sync reads the plan again.`)
  const { sequence, kind, createdAt, origin } = event
  return [style.bold(String(sequence)), style.dim(createdAt.slice(0, 19).replace('T', ' ')), kind, summaryOf(event), style.dim(oneLine(origin))].filter(Boolean).join('  ')
}

/** Which items a change touches; the kinds of other domains say enough by themselves. */
function summaryOf({ data }: ProjectEvent): string {
  const changes = (data as { changes?: unknown } | null)?.changes
  if (!Array.isArray(changes)) return ''
  const ids = changes.map((change: { id?: unknown; item?: { id?: unknown } }) => change.id ?? change.item?.id).filter((id) => typeof id === 'string')
  return ids.length > 0 && ids.length <= 3 ? ids.map(oneLine).join(', ') : plural(changes.length, 'change')
}
