/** The talk about one item: what was said, and a field to say something. */
import { useId, useMemo, useState } from 'react'
import type { FormEvent } from 'react'
import { useMutation, useQuery } from 'urql'
import { errorOf } from '@buildrunner/sdk/urql'
import { AddComment, ItemComments, nodeIdOf } from './comment-documents.ts'
import type { CommentItem } from './comment-documents.ts'
import type { Microstep } from './documents.ts'
import { Notice } from './notices.tsx'

/** Asked again whenever somebody says something; the object must stay the same between renders. */
const LIVE = { live: true }

interface TalkCardProps {
  projectId: string
  items: readonly Microstep[]
}

export function TalkCard({ projectId, items }: TalkCardProps) {
  const [chosen, choose] = useState<string>()
  const heading = useId()
  const item = items.find(({ key }) => key === chosen) ?? items[0]
  if (item === undefined) return null
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>Talk</h2>
      <select aria-label="Item to talk about" value={item.key} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {items.map(({ key, title }) => <option key={key} value={key}>{key} {title}</option>)}
      </select>
      <Talk key={item.key} projectId={projectId} itemId={item.key} />
    </section>
  )
}

function Talk({ projectId, itemId }: { projectId: string; itemId: string }) {
  const [{ data }] = useQuery({ query: ItemComments, variables: useMemo(() => ({ projectId, itemId }), [projectId, itemId]), context: LIVE })
  const { say, sending, failure, text, setText, dismiss } = useSay(projectId, itemId)
  const field = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void say()
  }
  return (
    <>
      {failure && <Notice error={failure} action="Dismiss" onAction={dismiss} />}
      <form onSubmit={submit} className="say">
        <label htmlFor={field}>Comment on {itemId}</label>
        <textarea id={field} rows={2} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} />
        <button type="submit" disabled={text.trim() === ''}>Send</button>
      </form>
      <ul className="comments" aria-label="Comments">
        {data?.comments.nodes.map((comment) => <CommentLine key={comment.id} comment={comment} sending={sending.has(comment.id)} />)}
      </ul>
    </>
  )
}

/** The server's HTML is sanitised, and is shown as it is. Until it is there, so is the text. */
function CommentLine({ comment: { author, body, bodyHtml, createdAt }, sending }: { comment: CommentItem; sending: boolean }) {
  return (
    <li aria-busy={sending}>
      <p><strong>{author.name}</strong> <span className="muted">{sending ? 'sending …' : <time dateTime={createdAt}>{new Date(createdAt).toLocaleString()}</time>}</span></p>
      {bodyHtml === null ? <p className="written">{body ?? 'Deleted.'}</p> : <div dangerouslySetInnerHTML={{ __html: bodyHtml }} />}
    </li>
  )
}

/** Says something: it stands in the list at once. When the server refuses, it is taken back, and the text is in the field again. */
function useSay(projectId: string, itemId: string) {
  const [, send] = useMutation(AddComment)
  const [text, setText] = useState('')
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<ReturnType<typeof errorOf>>()
  const say = async (): Promise<void> => {
    const id = crypto.randomUUID()
    setFailure(undefined)
    setText('')
    setSending((others) => new Set([...others, nodeIdOf(id)]))
    const error = errorOf(await send({ input: { projectId, itemId, body: text, id } }))
    setSending((others) => new Set([...others].filter((other) => other !== nodeIdOf(id))))
    setFailure(error)
    if (error) setText((since) => (since === '' ? text : `${text}\n${since}`))
  }
  return { say, sending, failure, text, setText, dismiss: () => setFailure(undefined) }
}
