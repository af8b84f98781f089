/** An index of the documentation for language models (llmstxt.org): every page in markdown, with what it is about. */
import type { APIRoute } from 'astro'
import { documentationPages, markdownPath } from '../markdown/pages.ts'
import type { DocumentationPage } from '../markdown/pages.ts'

const SECTIONS: readonly (readonly [heading: string, folder: RegExp])[] = [
  ['Start', /^(?:start|concepts)\//], ['Guides', /^(?:guides|recipes)\//], ['Reference', /^reference\//], ['Optional', /^(?!start\/|concepts\/|guides\/|recipes\/|reference\/)./],
]

const line = (page: DocumentationPage, site: URL | undefined): string => `- [${page.data.title}](${new URL(markdownPath(page), site).href}): ${page.data.description ?? ''}`

export const GET: APIRoute = async ({ site }) => {
  const pages = await documentationPages()
  const landing = pages.find(({ id }) => id === '' || id === 'index')
  const sections = SECTIONS.map(([heading, folder]) => `## ${heading}\n\n${pages.filter((page) => page !== landing && folder.test(page.id)).map((page) => line(page, site)).join('\n')}`)
  const full = `The prose of all guides in one file: ${new URL('/llms-full.txt', site).href}`
  return new Response(`# BuildRunner\n\n> ${landing?.data.description ?? ''}\n\n${full}\n\n${sections.join('\n\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
