/** What the form of a route is made of; the reference writes it into the page. */
export interface TryItParameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly description: string
  /** Takes several values: one a line. */
  readonly list: boolean
  /** Empty: any text. */
  readonly choices: readonly string[]
  /** Of the example; empty where it has none. */
  readonly value: string
}

export interface TryItOperation {
  /** Name in the catalogue. */
  readonly name: string
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
  /** True: it needs no key. */
  readonly isPublic: boolean
  /** True: it answers server-sent events without end. */
  readonly isStream: boolean
  readonly parameters: readonly TryItParameter[]
  /** The example as JSON text; absent where no body is taken. */
  readonly body?: string
}
