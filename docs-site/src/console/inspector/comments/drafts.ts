/** Texts that were begun and not sent: they outlast the panel that they were written in, as long as the page is open. */
const drafts = new Map<string, string>()

/** @param place names the text: an item, or a thread in it */
export const draftOf = (place: string): string => drafts.get(place) ?? ''

export function keepDraft(place: string, text: string): void {
  if (text === '') drafts.delete(place)
  else drafts.set(place, text)
}
