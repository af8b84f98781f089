/** The request of a form. Pure, so that it is tested without a page. */
import type { TryItOperation } from './operation.ts'

export interface FilledIn {
  readonly server: string
  readonly key: string
  /** Values of parameters by name; of a list one a line. */
  readonly values: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body: string
}

/** What is not filled in though it must be. */
export const missing = ({ parameters }: TryItOperation, values: Readonly<Record<string, string>>): string | undefined =>
  parameters.find(({ name, required }) => required && (values[name] ?? '').trim() === '')?.name

export function requestOf({ method, path, parameters, isPublic, body: example }: TryItOperation, { server, key, values, body }: FilledIn): { readonly url: string; readonly init: RequestInit } {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const query = new URLSearchParams(parameters.filter((parameter) => parameter.in === 'query').flatMap(({ name, list }) => {
    const given = (values[name] ?? '').split(list ? '\n' : '\0').map((value) => value.trim())
    return given.filter((value) => value !== '').map((value) => [name, value])
  }))
  const hasBody = example !== undefined && method !== 'GET'
  const headers = { ...(key !== '' && !isPublic && { authorization: `Bearer ${key}` }), ...(hasBody && { 'content-type': 'application/json' }) }
  return { url: `${server}${filled}${query.size === 0 ? '' : `?${query}`}`, init: { method, headers, credentials: 'omit', ...(hasBody && { body }) } }
}

/** Puts the reader's project where the example names one. */
export function withProject(body: string, project: string): string {
  if (project === '') return body
  const given = JSON.parse(body) as Record<string, unknown>
  return 'project_id' in given ? JSON.stringify({ ...given, project_id: project }, null, 2) : body
}

/** JSON with line breaks; other text as it is. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
