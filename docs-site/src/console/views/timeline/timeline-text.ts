/** Texts of the timeline. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'
import type messages from './messages/en.json'

export type TimelineText = Text<keyof typeof messages>
export const useTimelineText = (): TimelineText => useText<keyof typeof messages>('timeline')
