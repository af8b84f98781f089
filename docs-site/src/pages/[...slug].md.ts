/** Each page of the documentation as plain markdown, for programs that read. */
import type { APIRoute, GetStaticPaths } from 'astro'
import { documentationPages, markdownOf, markdownPath } from '../markdown/pages.ts'
import type { DocumentationPage } from '../markdown/pages.ts'

export const getStaticPaths = (async () =>
  (await documentationPages()).map((page) => ({ params: { slug: markdownPath(page).slice(1, -'.md'.length) }, props: { page } }))) satisfies GetStaticPaths

export const GET: APIRoute<{ page: DocumentationPage }> = ({ props }) => new Response(markdownOf(props.page), { headers: { 'content-type': 'text/markdown; charset=utf-8' } })
