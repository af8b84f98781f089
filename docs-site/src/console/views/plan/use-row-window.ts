/**
 * The rows in sight of a list whose rows are equally high. A library that also measures rows brings 10 KB of script, which the first
 * view of a plan has no room for; equal heights need none of it.
 */
import { useCallback, useLayoutEffect, useState } from 'react'

/** Rows before and after those in sight, so that a short movement shows nothing empty. */
const OVERSCAN = 12

interface Bounds {
  readonly first: number
  /** Behind the last. */
  readonly end: number
}

export interface RowWindow {
  /** Of the rows to show, ascending. */
  readonly indexes: readonly number[]
  /** Moves a row into sight, no further than it takes. */
  reveal(index: number): void
}

interface RowWindowOptions {
  readonly count: number
  /** Pixels of one row. */
  readonly height: number
  /** A row that is always shown: the one with the focus. */
  readonly kept: number
}

/** First and last row of a part of the list, in pixels from its beginning. */
export function boundsOf(top: number, visible: number, height: number): Bounds {
  return { first: Math.max(0, Math.floor(top / height) - OVERSCAN), end: Math.ceil((top + visible) / height) + OVERSCAN }
}

export function indexesOf({ first, end }: Bounds, count: number, kept: number): number[] {
  const [from, to] = [Math.min(first, count), Math.min(end, count)]
  const shown = Array.from({ length: to - from }, (_, index) => from + index)
  if (kept < 0 || kept >= count || (kept >= from && kept < to)) return shown
  return kept < from ? [kept, ...shown] : [...shown, kept]
}

export function useRowWindow(scroller: { readonly current: HTMLElement | null }, { count, height, kept }: RowWindowOptions): RowWindow {
  const [bounds, setBounds] = useState(() => boundsOf(0, innerHeight, height))
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = (): void => {
      const next = boundsOf(element.scrollTop, element.clientHeight, height)
      setBounds((before) => (before.first === next.first && before.end === next.end ? before : next))
    }
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, height])
  const reveal = useCallback((index: number) => {
    const element = scroller.current
    if (element === null) return
    const [top, bottom] = [index * height, (index + 1) * height]
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
  }, [scroller, height])
  return { indexes: indexesOf(bounds, count, kept), reveal }
}
