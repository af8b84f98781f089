/** The language of the console: what was asked for in the address, chosen before (cookie), or what the browser prefers. */
import { LANGUAGE_PARAMETER, negotiateLanguage } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { useSyncExternalStore } from 'react'

function detect(): Language {
  const asked = new URLSearchParams(location.search).get(LANGUAGE_PARAMETER)
  const chosen = new RegExp(`(?:^|; )${LANGUAGE_PARAMETER}=([A-Za-z-]+)`).exec(document.cookie)?.[1]
  return negotiateLanguage([asked ?? '', chosen ?? '', ...navigator.languages])
}

let language = detect()
const listeners = new Set<() => void>()
document.documentElement.lang = language

export function setLanguage(value: Language): void {
  language = value
  document.cookie = `${LANGUAGE_PARAMETER}=${value}; path=/; max-age=31536000; samesite=lax`
  document.documentElement.lang = value
  for (const listener of listeners) listener()
}

export const currentLanguage = (): Language => language

/** Options of a call that sets a password: what is wrong with it, the server says in the language that it is asked in. */
export const askedIn = (): { headers: { 'accept-language': string } } => ({ headers: { 'accept-language': language } })

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage)
