/** How much an event wants to be seen, by its kind. */

export const PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const
export type Priority = (typeof PRIORITIES)[number]

/** What is not here is LOW. */
const OF_KINDS: Readonly<Record<string, Priority>> = {
  'comment.added': 'NORMAL',
  'comment.reopened': 'NORMAL',
  'comment.promoted': 'NORMAL',
  'project.archived': 'NORMAL',
  'webhook.disabled': 'HIGH',
}

export const priorityOf = (kind: string): Priority => OF_KINDS[kind] ?? 'LOW'
