/**
 * ICU messages, as much of them as br needs: `{name}`, plural (with `#` and `=0`), select, and quoting by apostrophes. A whole formatter
 * would be loaded by every command; this one is equal to it in what it knows, and a test holds that.
 */
export type Values = Readonly<Record<string, string | number | null | undefined>>

type Part = string | { readonly count: true } | { readonly name: string } | { readonly name: string; readonly kind: 'plural' | 'select'; readonly cases: ReadonlyMap<string, readonly Part[]> }

const parsed = new Map<string, readonly Part[]>()

/** @param language whose plural forms and digits hold, as a language tag */
export function formatMessage(message: string, values: Values, language: string): string {
  if (!/[{}']/.test(message)) return message
  let parts = parsed.get(message)
  if (parts === undefined) parsed.set(message, (parts = new Parser(message).parse()))
  return render(parts, values, { language, count: 0 })
}

interface Scope {
  readonly language: string
  /** What `#` stands for. */
  readonly count: number
}

/** As ICU writes it: with the language's groups of digits. */
const digits = (count: number, language: string): string => (Math.abs(count) < 1000 && Number.isInteger(count) ? String(count) : new Intl.NumberFormat(language).format(count))

function render(parts: readonly Part[], values: Values, scope: Scope): string {
  return parts.map((part) => {
    if (typeof part === 'string') return part
    if ('count' in part) return digits(scope.count, scope.language)
    const value = values[part.name]
    if (!('cases' in part)) return String(value ?? '')
    const { cases, kind } = part
    const count = Number(value)
    const form = kind === 'select' ? String(value) : cases.has(`=${count}`) ? `=${count}` : pluralForm(count, scope.language)
    return render(cases.get(form) ?? cases.get('other') ?? [], values, kind === 'plural' ? { ...scope, count } : scope)
  }).join('')
}

/** English is decided here: its rules are simple, and most runs need no others. */
const pluralForm = (count: number, language: string): string => (language === 'en' && Number.isInteger(count) ? (count === 1 ? 'one' : 'other') : new Intl.PluralRules(language).select(count))

/** Recursive descent over one message. @throws SyntaxError for what is none */
class Parser {
  private at = 0
  private readonly message: string

  constructor(message: string) {
    this.message = message
  }

  parse(): readonly Part[] {
    const parts = this.parts(false)
    if (this.at < this.message.length) this.fail()
    return parts
  }

  private parts(inPlural: boolean): Part[] {
    const parts: Part[] = []
    let text = ''
    const flush = (): void => {
      if (text !== '') parts.push(text)
      text = ''
    }
    for (let character = this.message[this.at]; character !== undefined && character !== '}'; character = this.message[this.at]) {
      if (character === "'") text += this.quoted(inPlural)
      else if (character === '{') {
        flush()
        parts.push(this.argument(inPlural))
      } else if (character === '#' && inPlural) {
        flush()
        parts.push({ count: true })
        this.at++
      } else {
        text += character
        this.at++
      }
    }
    flush()
    return parts
  }

  /** Two apostrophes are one; one before what has a meaning takes that away up to the next. */
  private quoted(inPlural: boolean): string {
    const next = this.message[++this.at]
    if (next === "'") {
      this.at++
      return "'"
    }
    if (next !== '{' && next !== '}' && !(next === '#' && inPlural)) return "'"
    let text = ''
    for (; this.at < this.message.length; this.at++) {
      if (this.message[this.at] !== "'") text += this.message[this.at]
      else if (this.message[this.at + 1] === "'") {
        this.at++
        text += "'"
      } else {
        this.at++
        break
      }
    }
    return text
  }

  private argument(inPlural: boolean): Part {
    const [, name = '', kind] = this.take(/\{\s*(\w+)\s*(?:,\s*(plural|select)\s*,|(?=\}))/y)
    if (kind === undefined) {
      this.at++
      return { name }
    }
    const cases = new Map<string, readonly Part[]>()
    do {
      const [, selector = ''] = this.take(/\s*(=\d+|\w+)\s*\{/y)
      cases.set(selector, this.parts(inPlural || kind === 'plural'))
      this.take(/\}\s*/y)
    } while (this.message[this.at] !== '}')
    this.at++
    return { name, kind: kind as 'plural' | 'select', cases }
  }

  private take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.message) ?? this.fail()
    this.at = pattern.lastIndex
    return found
  }

  private fail(): never {
    throw new SyntaxError(`no message at ${this.at}: ${this.message}`)
  }
}
