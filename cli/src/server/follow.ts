/** Following a project until Ctrl-C: what happened since an event, then what happens. */
import { t } from '../text/text.ts'
import type { EventMessage } from '@buildrunner/sdk'
import { failure } from '../core/errors.ts'
import { projectHere } from '../sync/project-here.ts'
import { connect, type Connection } from './connection.ts'
import { loadWebSocket } from './web-socket.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

export interface FollowOptions extends ServerOptions {
  /** As it stands on the command line. */
  since?: string
}

export interface Following {
  /** Only these kinds. Default: all. */
  kinds?: string[]
  /** Writes an event, or a gap. */
  write(message: EventMessage, connection: Connection): Promise<void> | void
}

/** @throws INVALID_VALUE */
function readSince(since: string | undefined): number | undefined {
  if (since === undefined) return undefined
  const sequence = Number(since)
  if (!Number.isInteger(sequence) || sequence < 0) throw failure('INVALID_VALUE', { option: '--since', value: since, expected: t('the number of an event, or 0') })
  return sequence
}

/** Hands each event to `write`, in order, and says on stderr how the connection is. */
export async function followProject(context: Context, options: FollowOptions, { kinds, write }: Following): Promise<void> {
  const since = readSince(options.since)
  const connection = await connect(context, { ...options, webSocket: await loadWebSocket() })
  // Asked over HTTP first: a wrong address or project is an error now, and not a connection that is tried for ever.
  const project = await connection.project(await projectHere(context, connection))
  const { out } = context
  await connection.reading(async () => {
    let [opened, begun] = [0, false]
    const onState = (state: 'connecting' | 'open'): void => {
      if (state === 'connecting') return opened > 0 ? out.progress(t('The connection is lost; trying again…')) : undefined
      if (opened++ > 0) out.note(t('Connected again; nothing was missed.'))
    }
    for await (const message of connection.client.events.watch({ projectId: project.id, since, kinds }, { onState })) {
      if (message.event !== null || message.gap !== null) await write(message, connection)
      else if (!begun) out.note(out.errorStyle.dim(t('Following {slug} from event {sequence}; Ctrl-C ends it.', { slug: project.slug, sequence: message.sequence })))
      begun = true
    }
  })
}
