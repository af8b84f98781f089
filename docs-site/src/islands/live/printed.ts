/** A value as `console.log` shows it: texts as they are, errors with their code, everything else as JSON. */
export function printed(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) {
    const { code } = value as { code?: unknown }
    return `${value.name}${typeof code === 'string' ? ` ${code}` : ''}: ${value.message}`
  }
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol' || value === undefined) return String(value)
  try {
    return JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map || inner instanceof Set ? [...inner] : typeof inner === 'bigint' ? String(inner) : inner), 2)
  } catch {
    return Object.prototype.toString.call(value) // it holds itself
  }
}
