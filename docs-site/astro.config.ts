/**
 * The documentation (Starlight) and the console, one static site.
 *
 * `SITE_URL` is where it is published (canonical links, sitemap). `npm run site` says a name that cannot exist where nobody says one:
 * the API process puts its own address in its place as it serves. `SITE_API_URL` is the API that the site talks to; default: the
 * address the site is served from.
 */
import react from '@astrojs/react'
import starlight from '@astrojs/starlight'
import { defineConfig, passthroughImageService } from 'astro/config'
import { compiledMessages } from './compiled-messages.ts'
import { consoleServiceWorker } from './service-worker.ts'
import { sidebar } from './sidebar.ts'

/** Where `astro dev` serves. */
const DEVELOPMENT = 'http://localhost:4321'

/** What every page of a project needs of the plan engine: one file, which compresses better than eight, and is asked for once. */
const PLAN_RULES = [{ name: 'plan-rules', test: /sdk\/src\/domain\/plans\/(changes|cycles|draft|equal|flat|graph-rules|ids|versioned-map|problems|suggest)\.ts$/ }]

export default defineConfig({
  site: process.env['SITE_URL'] ?? DEVELOPMENT,
  trailingSlash: 'always',
  image: { service: passthroughImageService() },
  // The references are thousands of links: what is behind one is fetched when somebody points at it.
  prefetch: false,
  integrations: [
    starlight({
      title: 'BuildRunner',
      description: 'Build plans that live in your repository and on a server, kept in step.',
      logo: { src: './src/assets/logo.svg', alt: '' },
      favicon: '/favicon.svg',
      locales: {
        root: { label: 'English', lang: 'en' },
        es: { label: 'Español', lang: 'es' },
        fr: { label: 'Français', lang: 'fr' },
        de: { label: 'Deutsch', lang: 'de' },
      },
      customCss: ['./src/styles/tokens.css', './src/styles/docs.css'],
      components: {
        Head: './src/components/Head.astro',
        LanguageSelect: './src/components/LanguageSelect.astro',
        SocialIcons: './src/components/HeaderLinks.astro',
      },
      sidebar,
      lastUpdated: false,
      pagination: true,
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      expressiveCode: { themes: ['github-dark', 'github-light'], styleOverrides: { borderRadius: '6px', codeFontSize: '0.875rem' } },
    }),
    react(),
    consoleServiceWorker(),
  ],
  vite: {
    // In this repository the SDK is used from its sources.
    resolve: { conditions: ['@buildrunner/source'] },
    ssr: { resolve: { conditions: ['@buildrunner/source'] } },
    define: { __SITE_API_URL__: JSON.stringify(process.env['SITE_API_URL'] ?? '') },
    build: { target: 'es2022', assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: { groups: PLAN_RULES } } } },
    worker: { format: 'es' },
    plugins: [compiledMessages()],
  },
})
