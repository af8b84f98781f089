/**
 * Documentation and console, served from the folder that `npm run build` fills. The site is static and knows no address: this puts
 * in the one that people reach the server by.
 */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { BrotliOptions, ZlibOptions } from 'node:zlib'
import { DEFAULT_LANGUAGE, LANGUAGE_PARAMETER, isLanguage } from '@buildrunner/sdk/languages'
import { textIn } from '@buildrunner/schema/text/text'
import { escapeHtml, pageLanguage, sendPage } from '../pages/page.ts'
import { BUILT, PLACEHOLDER } from './built.ts'
import { readSite } from './files.ts'
import type { SiteFile } from './files.ts'
import { inLanguage, languageCookie } from './language.ts'
import { SECURITY_HEADERS, contentSecurityPolicy } from './security.ts'

export interface Site {
  /** Whether the console is there now. */
  hasConsole(): boolean
  /** Answers GET and HEAD; false where the site has nothing there. */
  answer(req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean>
}

interface SiteOptions {
  /** What the site was built into; it may not be there yet. */
  readonly folder: string
  /** Address that people reach the server by. */
  publicUrl(): string
}

export function createSite({ folder, publicUrl }: SiteOptions): Site {
  const files = filesOf(folder)
  return {
    hasConsole: () => files()?.has('/console/') === true,
    async answer(req, res, path) {
      const known = files()
      if (known === null) return path === '/' || path === '/console/' ? (sendNotBuilt(req, res), true) : false
      const url = new URL(req.url ?? '/', 'http://localhost')
      const elsewhere = redirection(req, url, path, known)
      if (elsewhere !== null) {
        res.writeHead(elsewhere.status, { vary: 'accept-language, cookie', ...elsewhere.headers }).end()
        return true
      }
      const file = known.get(decode(path))
      if (file !== undefined) await send(req, res, { file, status: 200, path, origin: publicUrl() })
      else if (wantsPage(req) && known.has('/404.html')) await send(req, res, { file: known.get('/404.html') as SiteFile, status: 404, path, origin: publicUrl() })
      else return false
      return true
    },
  }
}

/** The files of the newest build, listed again when there is another one. */
function filesOf(folder: string): () => ReadonlyMap<string, SiteFile> | null {
  let listed: { built: number; files: ReadonlyMap<string, SiteFile> } | null = null
  return () => {
    const built = statSync(join(folder, BUILT), { throwIfNoEntry: false })?.mtimeMs
    if (built === undefined) return null
    if (listed?.built !== built) listed = { built, files: readSite(folder) }
    return listed.files
  }
}

const wantsPage = ({ headers }: IncomingMessage): boolean => /\btext\/html\b/.test(headers.accept ?? '')

/** A malformed escape is no address of ours, and stands for itself. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

interface Redirection {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
}

/** `/guides/deploy` leads to `/guides/deploy/`, `/` to the reader's language, and `?lang=de` to the page in that language from now on. */
function redirection(req: IncomingMessage, url: URL, path: string, known: ReadonlyMap<string, SiteFile>): Redirection | null {
  if (!path.endsWith('/') && !known.has(decode(path)) && known.has(`${decode(path)}/`)) return { status: 308, headers: { location: `${path}/${url.search}` } }
  if (!known.has(path)) return null
  const asked = url.searchParams.get(LANGUAGE_PARAMETER)
  if (isLanguage(asked) && path !== '/console/') {
    url.searchParams.delete(LANGUAGE_PARAMETER)
    const location = inLanguage(path, asked)
    return known.has(location) ? { status: 302, headers: { location: `${location}${url.search}`, 'set-cookie': languageCookie(asked) } } : null
  }
  const preferred = path === '/' ? pageLanguage(req) : DEFAULT_LANGUAGE
  return preferred === DEFAULT_LANGUAGE ? null : { status: 302, headers: { location: `${inLanguage(path, preferred)}${url.search}` } }
}

interface Sending {
  readonly file: SiteFile
  readonly status: number
  readonly path: string
  readonly origin: string
}

async function send(req: IncomingMessage, res: ServerResponse, { file, status, path, origin }: Sending): Promise<void> {
  const encoding = encodingFor(req, file)
  const etag = `"${file.version}${encoding === undefined ? '' : `-${encoding}`}"`
  const headers: OutgoingHttpHeaders = {
    ...SECURITY_HEADERS, etag, vary: 'accept-encoding',
    'content-type': file.type, 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(path === '/console/sw.js' && { 'service-worker-allowed': '/console/' }),
  }
  if (status === 200 && req.headers['if-none-match'] === etag) return void res.writeHead(304, headers).end()
  const stored = await readFile(file.path)
  const body = file.isText ? Buffer.from(stored.toString('utf8').replaceAll(PLACEHOLDER, origin)) : stored
  if (file.type.startsWith('text/html')) headers['content-security-policy'] = contentSecurityPolicy(body.toString('utf8'), path)
  const sent = encoding === undefined ? body : await compressed(file, body, encoding)
  res.writeHead(status, { ...headers, 'content-length': sent.length, ...(encoding !== undefined && { 'content-encoding': encoding }) })
  res.end(req.method === 'HEAD' ? undefined : sent)
}

type Encoding = 'br' | 'gzip'
const COMPRESSED: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' }
const compress = {
  br: (body: Buffer) => promisify<Buffer, BrotliOptions, Buffer>(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body: Buffer) => promisify<Buffer, ZlibOptions, Buffer>(gzip)(body, { level: 6 }),
}

/** What the build has compressed is taken as it is. */
const compressed = (file: SiteFile, body: Buffer, encoding: Encoding): Promise<Buffer> =>
  file.immutable && existsSync(file.path + COMPRESSED[encoding]) ? readFile(file.path + COMPRESSED[encoding]) : compress[encoding](body)

function encodingFor({ headers }: IncomingMessage, { type }: SiteFile): Encoding | undefined {
  if (!/^text\/|json|javascript|xml|svg|wasm/.test(type)) return undefined
  const accepted = String(headers['accept-encoding'] ?? '')
  return (['br', 'gzip'] as const).find((encoding) => new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`).test(accepted))
}

function sendNotBuilt(req: IncomingMessage, res: ServerResponse): void {
  const language = pageLanguage(req)
  const t = textIn(language)
  res.setHeader('refresh', '5')
  const body = `<p>${escapeHtml(t('page.building.intro'))}</p><p>${escapeHtml(t('page.building.api'))} <a href="/graphql">${escapeHtml(t('page.building.playground'))}</a></p>`
  sendPage(res, 503, { language, title: t('page.building.title'), body })
}
