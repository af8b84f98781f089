/** `br events watch`: what happens to a project, a line an event, until Ctrl-C. */
import { t } from '../../text/text.ts'
import type { EventMessage, ProjectEvent } from '@buildrunner/sdk'
import { examples, serverOptions } from '../../core/command.ts'
import { oneLine } from '../../plan/describe.ts'
import { followProject, type FollowOptions } from '../../server/follow.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export interface WatchOptions extends FollowOptions {
  kind?: string[]
}

export function define(command: Command): void {
  command.option('--since <sequence>', 'begin after this event; 0 for all (default: from now on)')
  command.option('--kind <kind...>', 'only these: plan.changed, or comment.* for all that begin so')
  serverOptions(command, { project: true })
  examples(command, [
    ['br events watch', 'what happens from now on, until Ctrl-C'],
    ['br events watch --since 0', 'all that happened, then what happens'],
    ["br events watch --kind 'comment.*'", 'what is said, and nothing else'],
    ['br events watch --json | jq .kind', 'one JSON object a line; "gap": n where history up to n is gone'],
  ])
}

export const run = (context: Context, { kind, ...options }: WatchOptions): Promise<void> =>
  followProject(context, options, {
    kinds: kind,
    write(message) {
      const { out } = context
      if (out.json) out.raw(`${JSON.stringify(message.event ?? { gap: message.gap })}\n`)
      else out.lines(lineOf(message, out.style))
    },
  })

function lineOf({ event, gap }: EventMessage, style: Style): string {
  if (event === null) return style.yellow(t('Events up to {gap} are gone. br sync reads the plan again.', { gap }))
  const { sequence, kind, createdAt, origin } = event
  return [style.bold(String(sequence)), style.dim(createdAt.slice(0, 19).replace('T', ' ')), kind, summaryOf(event), style.dim(oneLine(origin))].filter(Boolean).join('  ')
}

/** Which items a change touches; the kinds of other domains say enough by themselves. */
function summaryOf({ data }: ProjectEvent): string {
  const changes = (data as { changes?: unknown } | null)?.changes
  if (!Array.isArray(changes)) return ''
  const ids = changes.map((change: { id?: unknown; item?: { id?: unknown } }) => change.id ?? change.item?.id).filter((id) => typeof id === 'string')
  return ids.length > 0 && ids.length <= 3 ? ids.map(oneLine).join(', ') : t('{count, plural, one {# change} other {# changes}}', { count: changes.length })
}
