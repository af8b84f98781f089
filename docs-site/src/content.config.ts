import { defineCollection } from 'astro:content'
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders'
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'

/** Our own texts in Starlight's pages: the same keys in each language (`node buildrunner/scripts/languages.ts` checks it). */
const ours = z.object({
  'site.console': z.string(),
  'site.playground': z.string(),
  'site.documentation': z.string(),
  'site.tryIt': z.string(),
})

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema({ extend: ours.partial() }) }),
}
