/** Comments in words, for the terminal. */
import type { Comment } from '@buildrunner/sdk'

export const when = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** `🎉 2  👍 1`; empty without reactions. */
export const reactionsText = ({ reactions }: { reactions: readonly Pick<Comment['reactions'][number], 'emoji' | 'count'>[] }): string => reactions.map(({ emoji, count }) => `${emoji} ${count}`).join('  ')
