/** What plugins add to answers: in `extensions`, and in the headers of the request that they belong to, over GraphQL and REST. */
import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestHead, ServerContext } from '../context.ts'

/** What hooks are given of an execution that is over, or of one result of a subscription. */
export interface Answered {
  readonly result: ExecutionResult
  setResult(result: ExecutionResult): void
}

/** A new result: that of a shared execution belongs to other subscribers too. */
export const extended = (result: ExecutionResult, extensions: Readonly<Record<string, unknown>>): ExecutionResult => ({ ...result, extensions: { ...result.extensions, ...extensions } })

export interface AnswerNotes<Note> {
  set(req: RequestHead, note: Note): void
  /** Header fields of a request that was noted; none otherwise. */
  headersOf(req: RequestHead): Record<string, string>
  readonly onResponse: NonNullable<Plugin['onResponse']>
}

/** Keeps a note for each request until it is answered. */
export function createAnswerNotes<Note extends object>(headersFor: (note: Note) => Record<string, string>): AnswerNotes<Note> {
  const notes = new WeakMap<RequestHead, Note>()
  const headersOf = (req: RequestHead): Record<string, string> => {
    const note = notes.get(req)
    return note === undefined ? {} : headersFor(note)
  }
  return {
    set: (req, note) => void notes.set(req, note),
    headersOf,
    onResponse({ response, serverContext }) {
      for (const [name, value] of Object.entries(headersOf((serverContext as unknown as ServerContext).req))) response.headers.set(name, value)
    },
  }
}
