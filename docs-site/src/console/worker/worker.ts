/**
 * The console without network: its own files, of one build, kept in the browser. docs-site/service-worker.ts puts the names in and
 * makes it `/console/sw.js`; it imports nothing, and the scope is `/console/`.
 *
 * Invariants: a page and everything it loads are of one build, for names of files change with their content and the page itself comes
 * with the build that it belongs to. What a page of an older build still asks for is found where that build was kept. An answer of the
 * API is never kept, nor looked up: only addresses of this list are answered.
 */

/** The part of the scope of a service worker that is used; TypeScript has it in a library that excludes that of pages. */
interface WorkerScope {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void
  addEventListener(type: 'fetch', listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void): void
}

/** Made by the build: a hash of everything in the list, and the list. */
declare const BUILD: { readonly version: string; readonly files: readonly string[] }

const PAGE = '/console/'
const PREFIX = 'console-'
/** Builds that are kept: pages that were opened before a new one came still load the rest of theirs. */
const BUILDS_KEPT = 3
const CURRENT = `${PREFIX}${BUILD.version}`
/** Names that hold a hash of the content never mean something else. */
const IMMUTABLE = '/_astro/'

const worker = globalThis as unknown as WorkerScope

/** All or nothing: a build that is half there is not taken up. */
async function keepBuild(): Promise<void> {
  const cache = await caches.open(CURRENT)
  const requests = [PAGE, ...BUILD.files].map((file) => new Request(file, { cache: file.startsWith(IMMUTABLE) ? 'default' : 'no-cache', credentials: 'omit' }))
  await cache.addAll(requests)
  await worker.skipWaiting()
}

/** `keys()` lists caches in the order in which they were made. */
async function dropOldBuilds(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX))
  const old = builds.filter((name) => name !== CURRENT).slice(0, -(BUILDS_KEPT - 1))
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function answer(request: Request, path: string): Promise<Response> {
  const kept = path.startsWith(IMMUTABLE) ? await caches.match(path) : await (await caches.open(CURRENT)).match(path)
  return kept ?? fetch(request)
}

worker.addEventListener('install', (event) => event.waitUntil(keepBuild()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOldBuilds()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  const path = request.mode === 'navigate' && url.pathname === PAGE ? PAGE : url.pathname
  if (path === PAGE || path.startsWith(IMMUTABLE) || BUILD.files.includes(path)) event.respondWith(answer(request, path))
})
