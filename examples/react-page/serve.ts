/**
 * A page with the live progress of the project that `npm start` serves:
 *
 *   node examples/react-page/serve.ts
 *
 * It bundles the page and serves it on this machine alone, with the key that `npm start` left in local.json. `PORT` is its port.
 */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const page = fileURLToPath(new URL('page', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json' }

interface Settings {
  apiUrl: string
  apiKey: string
  projectId: string
}

async function bundle(): Promise<Map<string, Uint8Array | string>> {
  const { outputFiles } = await build({
    entryPoints: [join(page, 'main.tsx'), join(page, 'style.css')],
    bundle: true,
    splitting: true, // the SDK loads its WebSocket client only when something is live
    format: 'esm',
    minify: true,
    write: false,
    outdir: '/',
    jsx: 'automatic',
    target: 'es2022',
    conditions: ['@buildrunner/source'], // in this repository the SDK is used from its sources
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const files = outputFiles.map(({ path, contents }): [string, Uint8Array | string] => [`/${path.split(/[\\/]/).at(-1) ?? ''}`, contents])
  return new Map([['/', await readFile(join(page, 'index.html'), 'utf8')], ...files])
}

/** The page may speak with this server and the API, and nobody may frame it. */
function headersFor(path: string, { apiUrl }: Settings): Record<string, string> {
  const policy = `default-src 'self'; connect-src 'self' ${apiUrl} ${apiUrl.replace(/^http/, 'ws')}; img-src data:; frame-ancestors 'none'; base-uri 'none'`
  return {
    'content-type': `${TYPES[extname(path) || '.html'] ?? 'application/octet-stream'}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  }
}

/** The key is for the page alone: not for a site whose name was pointed at this machine, nor for one that asks from elsewhere. */
function isForeign({ headers, socket }: IncomingMessage): boolean {
  const own = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`]
  const site = headers['sec-fetch-site']
  return !own.includes(headers.host ?? '') || (site !== undefined && site !== 'same-origin' && site !== 'none')
}

/** Bundles the page and serves it on 127.0.0.1; port 0 takes any that is free. */
export async function servePage(settings: Settings, port: number): Promise<{ url: string; server: Server }> {
  const files = new Map([...(await bundle()), ['/settings.json', JSON.stringify(settings)]])
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    const body = files.get(path)
    if (isForeign(req)) res.writeHead(403).end('This page is for this machine only. Open it as http://127.0.0.1.\n')
    else if (body === undefined) res.writeHead(404).end('There is no such file.\n')
    else res.writeHead(200, headersFor(path, settings)).end(body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

async function main(): Promise<void> {
  const folder = process.env['BUILDRUNNER_DATA_DIR'] ?? fileURLToPath(new URL('../../.buildrunner', import.meta.url))
  const file = join(folder, 'local.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new Error(`${file} is not there: run \`npm start\` first.`)
  const { apiUrl, apiKey, projectId } = JSON.parse(text) as Settings
  const { url } = await servePage({ apiUrl, apiKey, projectId }, Number(process.env['PORT'] ?? 4173))
  console.log(`The plan is at ${url}`)
}

if (import.meta.main) {
  await main().catch((error: NodeJS.ErrnoException) => {
    console.error(error.code === 'EADDRINUSE' ? 'The port is taken: give another one, as in PORT=4174.' : error.message)
    process.exitCode = 1
  })
}
