/** The files of a built site, known by their addresses: nothing outside of its folder is ever opened. */
import { readdirSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

export interface SiteFile {
  readonly path: string
  /** `content-type`. */
  readonly type: string
  /** True: its text names the address of the site, which is put in as it is served. */
  readonly isText: boolean
  /** True: its name changes with its content. */
  readonly immutable: boolean
  /** Changes with the file. */
  readonly version: string
}

const TEXT: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.xml': 'application/xml; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.md': 'text/markdown; charset=utf-8',
}
const OTHER: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.webp': 'image/webp', '.ico': 'image/x-icon', '.webmanifest': 'application/manifest+json', '.wasm': 'application/wasm', '.woff2': 'font/woff2',
}

/** Files by address: `/guides/deploy/index.html` also as `/guides/deploy/`. */
export function readSite(folder: string): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue
    const path = join(entry.parentPath, entry.name)
    const address = path.slice(folder.length).split(sep).join('/')
    const extension = extname(entry.name)
    const { mtimeMs, size } = statSync(path)
    const text = TEXT[extension]
    const file = { path, type: text ?? OTHER[extension] ?? 'application/octet-stream', isText: text !== undefined, immutable: address.startsWith('/_astro/'), version: `${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}` }
    files.set(address, file)
    if (entry.name === 'index.html') files.set(address.slice(0, -'index.html'.length), file)
  }
  return files
}
