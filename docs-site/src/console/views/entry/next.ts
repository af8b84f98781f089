/** Where somebody wanted to go before signing in; kept while they sign up and read their mail. */
import type { Route } from '../../routes.ts'

const KEY = 'buildrunner.next'
const HOME = '#/projects'

/** Only addresses of this page: a link from elsewhere leads nowhere else. */
const isOwn = (link: string | null): link is string => link !== null && /^#\/[^/]/.test(link)

export function rememberNext(link: string): void {
  try {
    sessionStorage.setItem(KEY, link)
  } catch {
    // storage is blocked: one arrives at the projects
  }
}

/** Forgets it: the next time leads to the projects. */
export function takeNext({ query }: Pick<Route, 'query'>): string {
  let kept: string | null = null
  try {
    kept = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
  } catch {
    // as if nothing had been kept
  }
  return [query.get('next'), kept].find(isOwn) ?? HOME
}
