/**
 * Where a request comes from. Without proxies that is the other end of the socket. Behind trusted ones it is the entry of
 * `X-Forwarded-For` that the outermost of them wrote: entries further left are what the client itself may have sent.
 */
import { BlockList, isIP } from 'node:net'
import type { RequestHead } from './context.ts'

/** How many proxies there are, or which addresses are proxies. */
export type TrustedProxies = { readonly hops: number } | { readonly addresses: BlockList }

export const NO_PROXIES: TrustedProxies = { hops: 0 }

const MAX_HOPS = 32
const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** @throws Error that says what is accepted */
export function parseTrustedProxies(text: string): TrustedProxies {
  if (/^\d+$/.test(text) && Number(text) <= MAX_HOPS) return { hops: Number(text) }
  const addresses = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [address = '', prefix] = entry.split('/')
    const bits = isIP(address) === 6 ? 128 : 32
    if (isIP(address) === 0 || (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits))) {
      throw new Error(`must be a number from 0 to ${MAX_HOPS}, or addresses and networks such as 10.0.0.0/8, 192.0.2.7`)
    }
    addresses.addSubnet(address, prefix === undefined ? bits : Number(prefix), family(address))
  }
  return { addresses }
}

const MAPPED = /^::ffff:(?=\d+\.)/i
const WITH_PORT = /^(?:\[([0-9a-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i

/** An entry as a plain address; null when it is none (`unknown`, a host name, what an attacker made up). */
function plain(entry: string): string | null {
  const [, v6, v4] = WITH_PORT.exec(entry) ?? []
  const address = (v6 ?? v4 ?? entry).replace(MAPPED, '')
  return isIP(address) === 0 ? null : address
}

/** Reads the address of a request; null when its socket is gone already. */
export function createAddressReader(proxies: TrustedProxies = NO_PROXIES): (req: RequestHead) => string | null {
  const isTrusted = (address: string, distance: number): boolean =>
    'hops' in proxies ? distance < proxies.hops : proxies.addresses.check(address, family(address))
  return (req) => {
    const { remoteAddress } = req.socket
    if (remoteAddress === undefined) return null
    let address = remoteAddress.replace(MAPPED, '')
    const forwarded = req.headers['x-forwarded-for']
    if (forwarded === undefined || !isTrusted(address, 0)) return address
    // Node joins repeated fields with a comma
    const entries = String(forwarded).split(',')
    for (let distance = 1; entries.length > 0; distance++) {
      const next = plain((entries.pop() as string).trim())
      if (next === null) break
      address = next
      if (!isTrusted(address, distance)) break
    }
    return address
  }
}
