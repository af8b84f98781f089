/** Finds the route of a path. A path below `/api` and the same path without it are one. */
import type { Method, Route } from './routes.ts'

export interface Match {
  /** By method: what this path can do. */
  readonly routes: ReadonlyMap<Method, Route>
  readonly parameters: ReadonlyMap<string, string>
}

interface Pattern {
  readonly segments: readonly string[]
  readonly routes: Map<Method, Route>
}

const PREFIX = /^\/api(?=\/|$)/
const parameterName = (segment: string): string | undefined => /^\{(\w+)\}$/.exec(segment)?.[1]

/** @returns the routes of a path, or null where there are none; also for a path whose percent-encoding is broken. */
export function createRouter(routes: readonly Route[]): (path: string) => Match | null {
  const patterns = new Map<string, Pattern>()
  for (const route of routes) {
    const pattern = patterns.get(route.path) ?? { segments: route.path.slice(1).split('/'), routes: new Map<Method, Route>() }
    if (pattern.routes.has(route.method)) throw new Error(`${route.method} ${route.path} has two operations.`)
    patterns.set(route.path, pattern)
    pattern.routes.set(route.method, route)
  }
  const inOrder = [...patterns].sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1)).map(([, pattern]) => pattern)
  return (path) => {
    const segments = decode(path.replace(PREFIX, '').replace(/^\//, '').replace(/\/$/, '').split('/'))
    if (segments === null) return null
    for (const pattern of inOrder) {
      const parameters = match(pattern.segments, segments)
      if (parameters !== null) return { routes: pattern.routes, parameters }
    }
    return null
  }
}

/** Sorts a segment that is given before one that takes any text: `~` comes after everything that paths are made of. */
const rank = (path: string): string => path.replace(/\{\w+\}/g, '~')

function decode(segments: readonly string[]): string[] | null {
  try {
    return segments.map((segment) => decodeURIComponent(segment))
  } catch {
    return null
  }
}

function match(pattern: readonly string[], segments: readonly string[]): Map<string, string> | null {
  if (pattern.length !== segments.length) return null
  const parameters = new Map<string, string>()
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] as string
    const name = parameterName(part)
    if (name === undefined ? part !== segment : segment === '') return null
    if (name !== undefined) parameters.set(name, segment)
  }
  return parameters
}
