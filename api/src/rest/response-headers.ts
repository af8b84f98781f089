/** Headers that follow from the body of a response: entity tags, links to other pages, the address of what was made. */
import { hash } from 'node:crypto'

/** A strong validator (RFC 9110): equal bodies have equal tags. */
export const entityTag = (text: string): string => `"${hash('sha256', text, 'base64url').slice(0, 22)}"`

/** `If-None-Match`, compared weakly, as its RFC says. */
export function isUnchanged(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** What a request asked for. */
export interface Address {
  readonly pathname: string
  readonly searchParams: URLSearchParams
}

type Body = Readonly<Record<string, unknown>>

/**
 * `Link` (RFC 8288) to the first and the next page, where the answer is one page of a list: of a connection the next
 * one starts after its cursor, of an event log after its last sequence. The addresses are relative to the request's,
 * because behind a proxy the server does not know its own.
 */
export function links(url: Address, body: Body): { link?: string } {
  const next = nextPage(body)
  if (next === undefined) return {}
  const { name, value, aliases } = next
  const to = (cursor: string | null): string => {
    const query = new URLSearchParams(url.searchParams)
    for (const alias of aliases) query.delete(alias)
    if (cursor !== null) query.set(name, cursor)
    return query.size === 0 ? url.pathname : `${url.pathname}?${query}`
  }
  const first = name === 'after' ? [`<${to(null)}>; rel="first"`] : []
  const rest = value === null ? [] : [`<${to(value)}>; rel="next"`]
  const all = [...first, ...rest]
  return all.length === 0 ? {} : { link: all.join(', ') }
}

interface NextPage {
  readonly name: 'after' | 'since'
  /** Null on the last page. */
  readonly value: string | null
  /** Every way to write the parameter. */
  readonly aliases: readonly string[]
}

function nextPage({ page_info: page, has_more: hasMore, events }: Body): NextPage | undefined {
  if (isObject(page)) return { name: 'after', value: page['has_next_page'] === true ? String(page['end_cursor']) : null, aliases: ['after', 'cursor'] }
  const last = Array.isArray(events) ? (events.at(-1) as Body | undefined) : undefined
  return hasMore === undefined ? undefined : { name: 'since', value: hasMore === true && last !== undefined ? String(last['sequence']) : null, aliases: ['since'] }
}

/** Fills a route's `location`: names of the path from the request, others from the answer. Relative to the host. */
export function locationOf(template: string, url: Address, body: Body): string {
  const prefix = url.pathname.startsWith('/api/') ? '/api' : ''
  const segments = url.pathname.slice(prefix.length).split('/')
  const filled = template.split('/').map((part, index) => {
    const name = /^\{([\w.]+)\}$/.exec(part)?.[1]
    if (name === undefined) return part
    const value = name.split('.').reduce<unknown>((parent, key) => (isObject(parent) ? parent[key] : undefined), body)
    return value === undefined ? segments[index] : encodeURIComponent(String(value))
  })
  return prefix + filled.join('/')
}

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)
