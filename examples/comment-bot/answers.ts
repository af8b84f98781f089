/** What the bot knows. */
import type { BuildRunnerSDK } from '@buildrunner/sdk'

export interface Question {
  /** The bot's own name, as people mention it. */
  readonly name: string
  readonly body: string
  /** Key of the item that the comment is on. */
  readonly itemKey: string | null
}

/** The word behind the mention: `@buildbot status please` asks for `status`. */
const wordBehind = (name: string, body: string): string => new RegExp(`@${name}[\\s,:]+(\\p{L}+)`, 'iu').exec(body)?.[1]?.toLowerCase() ?? ''

const HELP = 'I understand `status`, `next` and `why`.'

/** @throws BuildRunnerError when the plan cannot be read */
export async function answerTo(client: BuildRunnerSDK, { name, body, itemKey }: Question): Promise<string> {
  const word = wordBehind(name, body)
  if (!['status', 'next', 'why'].includes(word)) return HELP
  const { progress, ready, blocked } = await client.planning.getAnalysis().orThrow()
  if (word === 'status') return `${progress.percent} % of the plan are done: ${progress.done} of ${progress.total}. ${ready.length} can start, ${blocked.length} wait.`
  if (word === 'next') return ready.length === 0 ? 'Nothing can start now.' : `Next: ${ready.slice(0, 5).map((key) => `\`${key}\``).join(', ')}${ready.length > 5 ? `, and ${ready.length - 5} more` : ''}.`
  const reasons = blocked.find(({ key }) => key === itemKey)?.reasons
  return reasons === undefined ? `\`${itemKey}\` waits for nothing.` : reasons.map(({ message }) => `- ${message}`).join('\n')
}
