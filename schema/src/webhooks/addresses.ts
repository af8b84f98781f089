/**
 * Where the server may send what others ask it to send. Whoever makes a webhook chooses its address: it must not lead into the
 * operator's own network (server-side request forgery), whatever name the address hides behind. What counts is the address that
 * a connection is made to, after the name was resolved; see `api/src/adapters/webhook-sender.ts`.
 */
import { BlockList, isIP } from 'node:net'

/** What the operator allows beside the public internet. */
export interface AllowedTargets {
  readonly networks: BlockList
  /** Names whose every address is allowed, in lower case. */
  readonly hosts: ReadonlySet<string>
}

export const NO_TARGETS: AllowedTargets = { networks: new BlockList(), hosts: new Set() }

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
const HOST = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/i
/** The last part of a name is never a number: such a thing is an address that somebody wrote wrong. */
const isHost = (text: string): boolean => HOST.test(text) && !/(^|\.)(\d+|0x[\da-f]*)$/i.test(text)

/** Reads `10.0.0.0/8, ::1, hooks.internal`. @throws Error that says what is accepted */
export function parseAllowedTargets(text: string): AllowedTargets {
  const [networks, hosts] = [new BlockList(), new Set<string>()]
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [address = '', prefix] = entry.split('/')
    const bits = isIP(address) === 6 ? 128 : 32
    const isNetwork = isIP(address) !== 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
    if (isNetwork) networks.addSubnet(address, prefix === undefined ? bits : Number(prefix), family(address))
    else if (isHost(entry)) hosts.add(entry.toLowerCase())
    else throw new Error('must be networks, addresses and host names such as 10.0.0.0/8, ::1, hooks.internal')
  }
  return { networks, hosts }
}

function listOf(...subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, family(address))
  return list
}

/** IANA's special-purpose registries, as of RFC 6890 and its updates, and the one metadata address that lies outside of them. */
const SPECIAL_IPV4 = listOf(
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24],
  ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
  ['168.63.129.16', 32],
)
/** Of IPv6 only global unicast is public at all: loopback, link-local, unique-local, multicast and the local NAT64 lie outside. */
const GLOBAL_IPV6 = listOf(['2000::', 3])
/** Teredo, ORCHID, benchmarking, documentation, 6to4. */
const SPECIAL_IPV6 = listOf(['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20])
/** IPv4-mapped, and the well-known NAT64 prefix (RFC 6052): what such an address leads to is the IPv4 address in it. */
const EMBEDDING = listOf(['::ffff:0:0', 96], ['64:ff9b::', 96])

/** The IPv4 address in the last 32 bits. */
function lastIpv4(address: string): string {
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':')
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** Whether an address lies in the public internet. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !SPECIAL_IPV4.check(address)
  if (isIP(address) !== 6 || address.includes('%')) return false
  if (EMBEDDING.check(address, 'ipv6')) return !SPECIAL_IPV4.check(lastIpv4(address))
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6')
}

/** Whether a connection may be made to an address that a name resolved to. */
export function mayConnect(address: string, host: string, { networks, hosts }: AllowedTargets): boolean {
  return isPublic(address) || hosts.has(host.toLowerCase()) || (isIP(address) !== 0 && networks.check(address.replace(/%.*$/, ''), family(address)))
}

/** Host of a URL as it is resolved: without the brackets of IPv6, and without the dot at the end of a full name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Why nothing is sent to a URL, as far as can be said without resolving its name; null: it may be tried. */
export function refusalOf(url: URL, allowed: AllowedTargets): string | null {
  const host = hostOf(url)
  const named = allowed.hosts.has(host) || (isIP(host) !== 0 && allowed.networks.check(host, family(host)))
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must begin with https://.'
  if (url.username !== '' || url.password !== '') return 'It must hold no user name and no password.'
  if (url.protocol === 'http:' && !named) return 'It must begin with https://: over http:// anybody on the way reads what is sent.'
  if (isIP(host) !== 0 && !mayConnect(host, host, allowed)) return `${host} is no address of the public internet.`
  if (!named && (host === 'localhost' || host.endsWith('.localhost'))) return `${host} is this server itself.`
  return null
}
