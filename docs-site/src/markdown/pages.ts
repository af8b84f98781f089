/** The English pages of the documentation, in the order of their paths: what has a markdown form and stands in llms.txt. */
import { getCollection } from 'astro:content'
import type { CollectionEntry } from 'astro:content'
import { plainMarkdown } from './plain.ts'

export type DocumentationPage = CollectionEntry<'docs'>

const isPage = ({ id }: DocumentationPage): boolean => !/^(?:es|fr|de)(?:\/|$)|^404$/.test(id)

export async function documentationPages(): Promise<DocumentationPage[]> {
  const pages = await getCollection('docs', isPage)
  return pages.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** `guides/offline` lies at `/guides/offline.md`; the landing page at `/index.md`. */
export const markdownPath = ({ id }: DocumentationPage): string => `/${id === '' ? 'index' : id}.md`

export const markdownOf = ({ data, body = '' }: DocumentationPage): string => plainMarkdown({ title: data.title, description: data.description ?? '', body })
