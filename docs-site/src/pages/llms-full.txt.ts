/** All prose in one file: everything but the references, of which llms.txt names each page. */
import type { APIRoute } from 'astro'
import { documentationPages, markdownOf } from '../markdown/pages.ts'

/** References that a reader of guides looks things up in. */
const LOOKED_UP = /^reference\/(?:errors|configuration|permissions|policy|cli|formats\/plan)$/

export const GET: APIRoute = async () => {
  const pages = (await documentationPages()).filter(({ id }) => !id.startsWith('reference/') || LOOKED_UP.test(id))
  return new Response(pages.map(markdownOf).join('\n---\n\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
