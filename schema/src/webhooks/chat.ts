/** Messages as Slack and Discord take them. What people wrote is escaped: it formats nothing and notifies nobody. */
import type { Priority } from '../notifications/priorities.ts'
import type { Message } from './message.ts'

/** How much an event wants to be seen. */
const LOOKS: Readonly<Record<Priority, { readonly emoji: string; readonly colour: number }>> = {
  LOW: { emoji: '⚪', colour: 0x9ca3af },
  NORMAL: { emoji: '🔵', colour: 0x3b82f6 },
  HIGH: { emoji: '🟠', colour: 0xf97316 },
  URGENT: { emoji: '🔴', colour: 0xdc2626 },
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping: without these there is no link, no mention and no command. */
export const escapeSlack = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })

/** A message of blocks, in an attachment for its colour. A section holds 3,000 characters: the limits of `Message` keep each below. */
export function slackBody({ lead, item, lines, quote, project, priority, url }: Message): string {
  const { emoji, colour } = LOOKS[priority]
  const headline = `${emoji} ${escapeSlack(lead)}${item === null ? '' : ` *${escapeSlack(item)}*`}`
  const details = [...lines.map((line) => `• ${escapeSlack(line)}`), ...(quote === null ? [] : [`>${escapeSlack(quote)}`])]
  const blocks = [
    section(headline),
    ...(details.length === 0 ? [] : [section(details.join('\n'))]),
    { type: 'context', elements: [{ type: 'mrkdwn', text: `${escapeSlack(project)} · <${encodeURI(url)}|BuildRunner>`, verbatim: true }] },
  ]
  // what notifications show, where blocks are not
  const fallback = `${escapeSlack(lead)}${item === null ? '' : ` ${escapeSlack(item)}`}`
  return JSON.stringify({ text: fallback, attachments: [{ color: `#${colour.toString(16).padStart(6, '0')}`, blocks }] })
}

/**
 * Discord's markdown, and what begins a mention. `allowed_mentions` alone keeps a mention from notifying; it would still be shown
 * as one.
 */
export const escapeDiscord = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@-]/g, '\\$&').replace(/^(\d+)\./, '$1\\.')

/** An embed. */
export function discordBody({ lead, item, lines, quote, project, priority, url }: Message): string {
  const { emoji, colour } = LOOKS[priority]
  const headline = `${emoji} ${escapeDiscord(lead)}${item === null ? '' : ` **${escapeDiscord(item)}**`}`
  const description = [headline, ...lines.map((line) => `• ${escapeDiscord(line)}`), ...(quote === null ? [] : [`> ${escapeDiscord(quote)}`])].join('\n')
  return JSON.stringify({ allowed_mentions: { parse: [] }, embeds: [{ title: escapeDiscord(project), url, description, color: colour }] })
}
