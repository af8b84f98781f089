/** Addresses of the console, behind the `#`: they work wherever the files lie, without a rule on the server. */
import { useSyncExternalStore } from 'react'

/** The pages of one project. */
export const PROJECT_VIEWS = ['plan', 'timeline', 'graph', 'quality', 'governance', 'sync'] as const
export type ProjectView = (typeof PROJECT_VIEWS)[number]
/** The pages of the organisation and of the person. */
export const ACCOUNT_VIEWS = ['projects', 'notifications', 'members', 'keys', 'audit', 'settings'] as const
export type AccountView = (typeof ACCOUNT_VIEWS)[number]
/** The pages for somebody who is not signed in. */
export const ENTRY_VIEWS = ['sign-in', 'sign-up', 'verify', 'forgot', 'reset', 'invitation'] as const
export type EntryView = (typeof ENTRY_VIEWS)[number]

export interface Route {
  readonly view: ProjectView | AccountView | EntryView | 'unknown'
  /** Slug or id of the project, on its pages. */
  readonly project: string | undefined
  /** What follows the page: `plan/<key>` opens an item. */
  readonly rest: readonly string[]
  readonly query: URLSearchParams
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name => (names as readonly string[]).includes(name)

/** @param hash as `location.hash` has it */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const query = new URLSearchParams(search)
  const parts = path.split('/').filter(Boolean).map(decode)
  if (parts[0] === 'p' && parts[1] !== undefined) {
    const view = parts[2] ?? 'plan'
    return { view: isOneOf(PROJECT_VIEWS, view) ? view : 'unknown', project: parts[1], rest: parts.slice(3), query }
  }
  const view = parts[0] ?? 'projects'
  return { view: isOneOf(ACCOUNT_VIEWS, view) || isOneOf(ENTRY_VIEWS, view) ? view : 'unknown', project: undefined, rest: parts.slice(1), query }
}

/** Whether it is a page for everybody, signed in or not. */
export const isEntry = ({ view }: Route): boolean => isOneOf(ENTRY_VIEWS, view)

/** A malformed escape is not an address of ours, and stands for itself. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** `#/p/shop/plan/checkout`: for `href`. */
export function linkTo(view: Route['view'], { project, rest = [], query = {} }: { project?: string | undefined; rest?: readonly string[]; query?: Readonly<Record<string, string>> } = {}): string {
  const parts = [...(project === undefined ? [] : ['p', project]), view, ...rest].map(encodeURIComponent)
  const search = new URLSearchParams(query).toString()
  return `#/${parts.join('/')}${search === '' ? '' : `?${search}`}`
}

const listeners = new Set<() => void>()

/** Goes there; `replace` leaves no step back. What shows the page knows at once: the next key finds the new page, not the old one. */
export function go(link: string, { replace = false } = {}): void {
  if (!replace) location.hash = link
  else location.replace(link)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('hashchange', listener)
  }
}

let last: { hash: string; route: Route } | undefined
function current(): Route {
  if (last?.hash !== location.hash) last = { hash: location.hash, route: parseRoute(location.hash) }
  return last.route
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, current)
