/** The editor of a sample, and what it prints. */
import '../islands.css'
import { connectionFields } from '../connection.ts'
import { element, field } from '../elements.ts'
import { remedyOf } from '../remedy.ts'
import { text } from '../texts.ts'
import type { Report, Start } from './messages.ts'

interface Panel {
  readonly run: HTMLButtonElement
  readonly stop: HTMLButtonElement
  readonly status: HTMLElement
  readonly output: HTMLElement
  readonly after: HTMLElement
}

export function openPanel(code: string): HTMLElement {
  const editor = element('textarea', { class: 'editor', rows: String(Math.min(24, code.split('\n').length + 1)), spellcheck: 'false', autocapitalize: 'off', wrap: 'off' }, code)
  const writes = element('input', { type: 'checkbox' })
  const { fieldset, read } = connectionFields()
  const reset = element('button', { type: 'button' }, text('reset'))
  const panel: Panel = {
    run: element('button', { type: 'submit', class: 'primary' }, text('run')), stop: element('button', { type: 'button', hidden: true }, text('stop')),
    status: element('p', { role: 'status', class: 'status' }), output: element('pre', { tabindex: '0', role: 'group', 'aria-label': text('output'), hidden: true }), after: element('div', { class: 'result' }),
  }
  const form = element('form', { class: 'br-island', novalidate: true }, field(editor, { label: text('edit') }), fieldset,
    element('label', { class: 'check' }, writes, text('allowWrites')), element('div', { class: 'actions' }, panel.run, panel.stop, reset, panel.status), panel.output, panel.after)
  reset.addEventListener('click', () => { editor.value = code; editor.focus() })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    start(panel, { code: editor.value, connection: read(), allowWrites: writes.checked })
  })
  return form
}

function start({ run, stop, status, output, after }: Panel, what: Start): void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const startedAt = performance.now()
  const end = (said: string, quality = ''): void => {
    worker.terminate()
    run.disabled = false
    stop.hidden = true
    status.textContent = said
    status.className = `status ${quality}`
    if (quality === 'good' && output.textContent === '') output.textContent = text('nothing')
  }
  output.replaceChildren()
  after.replaceChildren()
  output.hidden = false
  run.disabled = true
  stop.hidden = false
  stop.onclick = () => { end(text('stopped')); run.focus() }
  status.textContent = text('running')
  status.className = 'status'
  worker.onerror = ({ message }) => end(`${text('failed')} ${message}`, 'bad')
  worker.onmessage = ({ data }: MessageEvent<Report>) => {
    if (data.kind === 'print') output.append(element('span', { class: data.level }, `${data.text}\n`))
    else if (data.kind === 'done') end(text('done', { time: Math.round(performance.now() - startedAt) }), 'good')
    else if (data.kind === 'read-only') end(text('readOnly'), 'bad')
    else {
      output.append(element('span', { class: 'error' }, `${data.message}\n`))
      after.append(...remedyOf(data.code))
      end(text('failed'), 'bad')
    }
  }
  worker.postMessage(what)
}
