/** The form of a route: sends the real request to the reader's server, and shows what it answers. */
import '../islands.css'
import { connectionFields, readConnection } from '../connection.ts'
import { element, field } from '../elements.ts'
import { text } from '../texts.ts'
import { remedyOf } from '../remedy.ts'
import type { TryItOperation, TryItParameter } from './operation.ts'
import { missing, pretty, requestOf, withProject } from './request.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export function openForm(panel: HTMLElement, operation: TryItOperation): void {
  const { project } = readConnection()
  const controls = new Map(operation.parameters.map((parameter) => [parameter.name, controlOf(parameter, project)]))
  const body = operation.body === undefined ? undefined : element('textarea', { rows: String(Math.min(16, operation.body.split('\n').length + 1)), spellcheck: 'false' }, withProject(operation.body, project))
  const { fieldset, read } = connectionFields({ watch: (connection) => followProject(controls, body, connection.project) })
  const send = element('button', { type: 'submit', class: 'primary' }, text('send'))
  const stop = element('button', { type: 'button', hidden: true }, text('stop'))
  const status = element('p', { role: 'status', class: 'status' })
  const result = element('div', { class: 'result' })
  const parameters = operation.parameters.map((parameter) => field(controls.get(parameter.name) as Control, { label: parameter.name, hint: [parameter.description, parameter.list ? text('lines') : ''].filter(Boolean).join(' '), required: parameter.required }))
  const form = element('form', { class: 'br-island', novalidate: true }, fieldset,
    ...(parameters.length === 0 ? [] : [element('fieldset', {}, element('legend', {}, text('parameters')), ...parameters)]),
    ...(body === undefined ? [] : [field(body, { label: text('body') })]),
    ...(operation.method === 'GET' ? [] : [element('p', { class: 'note' }, text('writes'))]),
    element('div', { class: 'actions' }, send, stop, status), result)
  const exchange = { operation, status, result, stop, send }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const values = Object.fromEntries([...controls].map(([name, control]) => [name, control.value]))
    const lacking = missing(operation, values)
    if (lacking !== undefined) return complain(status, controls.get(lacking), text('missing', { name: lacking }))
    const fault = body === undefined ? undefined : faultOfJson(body.value)
    if (fault !== undefined) return complain(status, body, text('invalidBody', { reason: fault }))
    for (const control of [...controls.values(), body]) control?.removeAttribute('aria-invalid')
    const { server, key } = read()
    void perform(exchange, requestOf(operation, { server, key, values, body: body?.value ?? '' }), server)
  })
  panel.append(form)
}

function complain(status: HTMLElement, control: Control | undefined, message: string): void {
  status.textContent = message
  control?.setAttribute('aria-invalid', 'true')
  control?.focus()
}

function controlOf({ name, choices, list, value }: TryItParameter, project: string): Control {
  const initial = name === 'project_id' ? project : value
  if (list) return element('textarea', { rows: '2', spellcheck: 'false' }, initial)
  if (choices.length === 0) return element('input', { type: 'text', value: initial, autocomplete: 'off', spellcheck: 'false' })
  const select = element('select', {}, element('option', { value: '' }, '–'), ...choices.map((choice) => element('option', {}, choice)))
  select.value = initial
  return select
}

/** What names the project goes with the project of the connection. */
function followProject(controls: ReadonlyMap<string, Control>, body: HTMLTextAreaElement | undefined, project: string): void {
  const control = controls.get('project_id')
  if (control !== undefined) control.value = project
  if (body !== undefined && faultOfJson(body.value) === undefined) body.value = withProject(body.value, project)
}

function faultOfJson(body: string): string | undefined {
  try {
    JSON.parse(body)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

interface Exchange {
  readonly operation: TryItOperation
  readonly status: HTMLElement
  readonly result: HTMLElement
  readonly send: HTMLButtonElement
  readonly stop: HTMLButtonElement
}

async function perform({ operation, status, result, send, stop }: Exchange, { url, init }: ReturnType<typeof requestOf>, server: string): Promise<void> {
  const abort = new AbortController()
  stop.onclick = () => { abort.abort(); send.focus() }
  stop.hidden = false
  send.disabled = true
  status.textContent = text('sending')
  result.replaceChildren()
  const startedAt = performance.now()
  const elapsed = (): number => Math.round(performance.now() - startedAt)
  try {
    const response = await fetch(url, { ...init, signal: abort.signal })
    const said = text('answered', { status: `${response.status} ${response.statusText}`.trim(), time: elapsed() })
    const shown = element('pre', { tabindex: '0', role: 'group', 'aria-label': text('answer') })
    status.className = `status ${response.ok ? 'good' : 'bad'}`
    if (operation.isStream) status.textContent = said
    result.append(shown, headersOf(response))
    const body = await readBody(response, shown, operation.isStream)
    status.textContent = said
    if (!response.ok) result.prepend(...remedyOf(codeOf(body)))
  } catch (error) {
    status.textContent = abort.signal.aborted ? text('stopped') : text('unreachable', { server })
    if (!abort.signal.aborted) status.className = 'status bad'
    if (!abort.signal.aborted && !(error instanceof TypeError)) throw error
  } finally {
    stop.hidden = true
    send.disabled = false
  }
}

/** Shows the body as it arrives where it is a stream, else at once. */
async function readBody(response: Response, shown: HTMLElement, isStream: boolean): Promise<string> {
  if (!isStream || !response.ok || response.body === null) {
    const body = await response.text()
    shown.textContent = pretty(body)
    return body
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) shown.append(part.value)
  return ''
}

function codeOf(body: string): string | undefined {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}

function headersOf({ headers }: Response): HTMLElement {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return element('details', {}, element('summary', {}, text('headers')), element('pre', { tabindex: '0', role: 'group', 'aria-label': text('headers') }, lines))
}
