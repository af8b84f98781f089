/** A moment, as people speak of it, with the exact one for whoever asks. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useLanguage } from '../text/language.ts'

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]]

/** `5 minutes ago`; `now` within the minute. */
export function relativeTime(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const [unit, length] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', Number.POSITIVE_INFINITY]
  return format.format(Math.trunc(seconds / length) || 0, unit)
}

/** The distance of a moment from now, which goes on. */
export function useRelativeTime(date: Date): string {
  const language = useLanguage()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return relativeTime(date, now, language)
}

export function Time({ at, absolute = false }: { readonly at: string | Date; /** Day and hour instead of the distance. */ readonly absolute?: boolean }): ReactNode {
  const language = useLanguage()
  const date = new Date(at)
  const relative = useRelativeTime(date)
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
  return <time dateTime={date.toISOString()} title={exact}>{absolute ? exact : relative}</time>
}
