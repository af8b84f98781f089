/** Asks an outside system over HTTP whether it is there and takes our credentials. */

/** An address whose user name and password are credentials: a password alone is sent as a bearer token, both as RFC 7617 says. */
export interface ProbeAddress {
  /** Without credentials. */
  readonly url: string
  readonly host: string
  readonly authorization: string | undefined
}

/** @throws Error that says what the value must be */
export function parseProbeAddress(value: string): ProbeAddress {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) throw new Error('must be an address that answers GET, like https://:TOKEN@api.example.com/me')
  const [user, password] = [url.username, url.password].map(decodeURIComponent) as [string, string]
  url.username = url.password = ''
  const basic = user === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return { url: url.href, host: url.host, authorization: basic ?? (password === '' ? undefined : `Bearer ${password}`) }
}

/** Several, with commas between them. */
export const parseProbeAddresses = (value: string): ProbeAddress[] => value.split(',').map((each) => parseProbeAddress(each.trim()))

/** Rejects with what is wrong, without the words of the other side: anybody may read it. */
export const httpProbe = ({ url, authorization }: ProbeAddress) => async (signal: AbortSignal): Promise<void> => {
  const headers = { 'user-agent': 'buildrunner-health', ...(authorization !== undefined && { authorization }) }
  const response = await fetch(url, { headers, redirect: 'manual', signal }).catch((error: Error & { cause?: { code?: string } }) => {
    throw new Error(`it cannot be reached${error.cause?.code === undefined ? '' : ` (${error.cause.code})`}`, { cause: error })
  })
  await response.body?.cancel()
  if (response.status === 401 || response.status === 403) throw new Error(`it does not take the credentials (HTTP ${response.status})`)
  if (!response.ok) throw new Error(`it answers HTTP ${response.status}`)
}
