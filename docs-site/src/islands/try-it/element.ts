/** `<br-try-it>`: a button; the form behind it is loaded when it is opened. */
import type { TryItOperation } from './operation.ts'

class TryIt extends HTMLElement {
  #form: Promise<unknown> | undefined

  connectedCallback(): void {
    this.hidden = false
    this.querySelector('button')?.addEventListener('click', () => void this.#toggle())
  }

  async #toggle(): Promise<void> {
    const [button, panel] = [this.querySelector('button'), this.querySelector<HTMLElement>('.form')]
    if (button === null || panel === null) return
    panel.hidden = !panel.hidden
    button.setAttribute('aria-expanded', String(!panel.hidden))
    this.#form ??= import('./form.ts').then(({ openForm }) => openForm(panel, JSON.parse(this.dataset['operation'] ?? '{}') as TryItOperation))
    await this.#form
    if (!panel.hidden) panel.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  }
}

customElements.define('br-try-it', TryIt)
