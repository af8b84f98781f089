/** `<br-live>` around a code block: a button to edit and run it; what that takes is loaded when it is pressed. */
const LABELS: Readonly<Record<string, string>> = { en: 'Edit and run', es: 'Editar y ejecutar', fr: 'Modifier et exécuter', de: 'Bearbeiten und ausführen' }

class Live extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector(':scope > .br-run') !== null) return
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: LABELS[document.documentElement.lang] ?? LABELS['en'] })
    const bar = Object.assign(document.createElement('div'), { className: 'br-run not-content' })
    bar.append(button)
    this.append(bar)
    button.addEventListener('click', () => void this.#open(button, bar))
  }

  async #open(button: HTMLButtonElement, bar: HTMLElement): Promise<void> {
    button.disabled = true
    const { openPanel } = await import('./panel.ts')
    const panel = openPanel(this.#code())
    this.querySelector('.expressive-code')?.setAttribute('hidden', '')
    bar.replaceChildren(panel)
    panel.querySelector('textarea')?.focus()
  }

  #code(): string {
    const lines = [...this.querySelectorAll('.ec-line .code')].map((line) => (line.textContent ?? '').replace(/\n$/, ''))
    return lines.join('\n')
  }
}

customElements.define('br-live', Live)
