/** Crawlers may read the documentation; the console and the API are not for them. */
import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nDisallow: /console/\nDisallow: /api/\nDisallow: /graphql\n\nSitemap: ${new URL('/sitemap-index.xml', site).href}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
