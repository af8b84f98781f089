/** Relay connections over keysets that services page by. */
import type { Context } from '../context.ts'
import { ValidationError } from './errors.ts'

export const MAX_PAGE = 100
export const DEFAULT_PAGE = 20

export interface PageArgs {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
}

export interface PageRange<Cursor> {
  readonly after: Cursor | null
  readonly limit: number
  readonly direction: 'forward' | 'backward'
}

const decodeCursor = <Cursor>(text: string | null | undefined, path: string): Cursor | null => {
  if (text === null || text === undefined) return null
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Cursor
  } catch {
    throw new ValidationError(`${JSON.stringify(text)} is not a cursor of this list.`, [path])
  }
}

/** What a caller asked for. @throws ValidationError for sizes outside 1 to 100, and for both directions at once */
export function pageRange<Cursor>(args: PageArgs): PageRange<Cursor> {
  if (args.first != null && args.last != null) throw new ValidationError('Give first or last, not both.', ['last'])
  const [name, size] = args.last != null ? (['last', args.last] as const) : (['first', args.first ?? DEFAULT_PAGE] as const)
  if (size < 1 || size > MAX_PAGE) throw new ValidationError(`${name} is 1 to ${MAX_PAGE}; ${size} is not.`, [name])
  if (name === 'last') return { direction: 'backward', limit: size, after: decodeCursor(args.before, 'before') }
  return { direction: 'forward', limit: size, after: decodeCursor(args.after, 'after') }
}

export interface FoundPage<Node, Cursor> {
  /** In the order of the direction: backward pages come last first. */
  readonly nodes: readonly { node: Node; cursor: Cursor }[]
  readonly hasMore: boolean
  /** Left out where counting would read all that match. */
  readonly totalCount?: number
}

export function connection<Node, Cursor>(range: PageRange<Cursor>, page: FoundPage<Node, Cursor>) {
  const found = range.direction === 'forward' ? page.nodes : page.nodes.toReversed()
  const edges = found.map(({ node, cursor }) => ({ node, cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url') }))
  const started = range.after !== null
  return {
    edges,
    totalCount: page.totalCount,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: range.direction === 'forward' ? page.hasMore : started,
      hasPreviousPage: range.direction === 'forward' ? started : page.hasMore,
    },
  }
}

/** Resolves a connection by the service that reads a page of it. */
export const paged = <Args, Node, Cursor>(read: (ctx: Context, args: Args, range: PageRange<Cursor>) => Promise<FoundPage<Node, Cursor>>) =>
  async (_root: unknown, args: Args & PageArgs, ctx: Context) => {
    const range = pageRange<Cursor>(args)
    return connection(range, await read(ctx, args, range))
  }

/** Resolves `totalCount` of what {@link connection} made. */
export const totalCountOf = (found: unknown): number => (found as { totalCount: number }).totalCount
