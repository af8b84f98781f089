/** Which errors of the SDK pass by themselves. */
import { BuildRunnerError } from '../errors.ts'

/** Codes of what another attempt may do better, with nothing changed but the time. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set(['NETWORK', 'TIMEOUT', 'SERVICE_UNAVAILABLE', 'READ_ONLY', 'RATE_LIMITED', 'CIRCUIT_OPEN', 'INTERNAL'])

/** True for a network that fails, a server that is away, read-only, busy or at fault, and an open circuit; false for every refusal. */
export const isTransient = (error: unknown): boolean => error instanceof BuildRunnerError && TRANSIENT_CODES.has(error.code)

/** How long the server, or an open circuit, asks to wait, in milliseconds; undefined where it did not say. */
export function retryAfterMsOf(error: unknown): number | undefined {
  const wait = error instanceof BuildRunnerError ? error.details['retryAfterMs'] : undefined
  return typeof wait === 'number' ? wait : undefined
}
