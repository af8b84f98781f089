/** What a call of the comments domain makes of the calls that wait already, as `coalesce.ts` does for edits of the plan. */
import type { Folded } from './coalesce.ts'
import type { OfflineCall, OutboxItem } from './store/types.ts'

/** The node id of the comment that a UUID of the client's names. */
export const commentIdOf = (id: string): string => `cmt_${id.replaceAll('-', '')}`

/** The comment that a call is about: the one it makes, or the one it changes. */
export const subjectOf = ({ variables }: OfflineCall): string => (typeof variables['id'] === 'string' ? commentIdOf(variables['id']) : String(variables['commentId']))

/** The comment that a call names beside that: what a reply answers. */
const answeredBy = ({ method, variables }: OfflineCall): string | undefined => (method === 'comments.reply' ? String(variables['commentId']) : undefined)

const makes = ({ method }: OfflineCall): boolean => method === 'comments.add' || method === 'comments.reply'

/** Whether a call gives its comment a text. */
export const writesText = (call: OfflineCall): boolean => makes(call) || call.method === 'comments.edit'

type Write = OutboxItem & { readonly call: OfflineCall }
const isCall = (write: OutboxItem): write is Write => write.call !== undefined

/**
 * Folds a call into those that were never sent.
 *
 * @returns undefined where it is a write of its own
 */
export function foldCall(call: OfflineCall, unsent: Iterable<OutboxItem>): Folded | undefined {
  const writes = [...unsent].filter(isCall)
  const subject = subjectOf(call)
  const about = writes.filter((write) => subjectOf(write.call) === subject)
  // What is sent in spite of a rule stays what its reason was given for.
  if (about.some(({ override }) => override !== undefined)) return undefined
  switch (call.method) {
    case 'comments.edit': {
      const texts = about.findLast((write) => writesText(write.call))
      return texts && { put: [{ ...texts, call: { ...texts.call, variables: { ...texts.call.variables, body: call.variables['body'] } } }], remove: [] }
    }
    case 'comments.delete':
      return about.some((write) => makes(write.call)) ? { put: [], remove: threadOf(subject, writes) } : undefined
    case 'comments.react': return opposite(about, call, 'comments.unreact')
    case 'comments.unreact': return opposite(about, call, 'comments.react')
    default: return undefined
  }
}

/** The calls about a comment, and about the answers that were made to it here. */
function threadOf(comment: string, writes: readonly Write[]): Write[] {
  const gone = new Set([comment])
  return writes.filter(({ call }) => {
    const answered = answeredBy(call)
    if (answered !== undefined && gone.has(answered)) gone.add(subjectOf(call))
    return gone.has(subjectOf(call))
  })
}

function opposite(about: readonly Write[], call: OfflineCall, method: OfflineCall['method']): Folded | undefined {
  const last = about.findLast((write) => write.call.variables['emoji'] === call.variables['emoji'])
  return last?.call.method === method ? { put: [], remove: [last] } : undefined
}

/** Writes that must come before a call: those that make what it names. */
export const neededBy = (call: OfflineCall, itemKey: string | null, pending: readonly OutboxItem[]): string[] => {
  const named = new Set([subjectOf(call), answeredBy(call)])
  return pending.filter((write) => (isCall(write) ? named.has(subjectOf(write.call)) : itemKey !== null && bringsAbout(write, itemKey))).map(({ id }) => id)
}

/** Whether a write gives an item its key. */
const bringsAbout = ({ changes = [], itemKeys }: OutboxItem, itemKey: string): boolean =>
  changes.some((change) => (change.op === 'add' && itemKeys.includes(itemKey)) || (change.op === 'rename' && change.to === itemKey))
