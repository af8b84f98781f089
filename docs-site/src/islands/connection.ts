/** The reader's server, key and project: kept in the tab's session storage, and nowhere else. */
import { element, field } from './elements.ts'
import { text } from './texts.ts'

/** Put in by the build. */
declare const __SITE_API_URL__: string

export interface Connection {
  readonly server: string
  readonly key: string
  readonly project: string
}

const STORAGE_KEY = 'br-documentation-server'

/** Where the site's API is: said when the site was built, or where the site itself is served from. */
export const defaultServer = (): string => __SITE_API_URL__ || location.origin

export function readConnection(): Connection {
  const initial = { server: defaultServer(), key: '', project: 'demo' }
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}')
    return { ...initial, ...(typeof kept === 'object' ? kept : {}) }
  } catch {
    return initial // storage is closed to this page
  }
}

function keep(connection: Connection): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(connection))
  } catch {
    // it holds as long as the page
  }
}

/** The fields; `read` gives what is in them, `watch` calls when somebody changes them. */
export function connectionFields({ watch }: { readonly watch?: (connection: Connection) => void } = {}): { readonly fieldset: HTMLElement; readonly read: () => Connection } {
  const known = readConnection()
  const server = element('input', { type: 'url', value: known.server, autocomplete: 'off', spellcheck: 'false' })
  const key = element('input', { type: 'password', value: known.key, autocomplete: 'off', spellcheck: 'false', placeholder: 'br_...' })
  const project = element('input', { type: 'text', value: known.project, autocomplete: 'off', spellcheck: 'false' })
  const read = (): Connection => ({ server: server.value.trim().replace(/\/+$/, ''), key: key.value.trim(), project: project.value.trim() })
  const fieldset = element('fieldset', { class: 'br-connection' }, element('legend', {}, text('connection')),
    field(server, { label: text('server'), required: true }), field(key, { label: text('key'), hint: text('keyHint') }), field(project, { label: text('project'), hint: text('projectHint') }))
  fieldset.addEventListener('input', () => { keep(read()); watch?.(read()) })
  return { fieldset, read }
}
