import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAddressReader, parseTrustedProxies } from './client-address.ts'

const request = (remoteAddress: string | undefined, forwarded?: string) => ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

describe('the address of a request', () => {
  test.each<[proxies: string, socket: string, forwarded: string | undefined, address: string]>([
    ['0', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['1', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['1', '10.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['2', '10.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['2', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['1', '10.0.0.1', undefined, '10.0.0.1'],
    ['1', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['1', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['1', '::1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['1', '::ffff:10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    ['10.0.0.0/8', '10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.0.0.0/8', '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['::1, 10.0.0.1', '::1', '198.51.100.1, 10.0.0.1', '198.51.100.1'],
    ['10.0.0.0/8', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ])('behind TRUSTED_PROXIES=%s, socket %s, X-Forwarded-For %s, is %s', (proxies, socket, forwarded, address) => {
    expect(createAddressReader(parseTrustedProxies(proxies))(request(socket, forwarded))).toBe(address)
  })

  test('is not known when the socket is gone', () => {
    expect(createAddressReader()(request(undefined))).toBeNull()
  })

  test('cannot be chosen by whoever is not a proxy', () => {
    fc.assert(fc.property(fc.string(), fc.ipV4(), fc.constantFrom('1', '10.0.0.1'), (invented, client, proxies) => {
      expect(createAddressReader(parseTrustedProxies(proxies))(request('10.0.0.1', `${invented}, ${client}`))).toBe(client)
    }))
  })
})

test.each(['33', '-1', 'localhost', '10.0.0.0/33', '10.0.0.0/', '::1/129', '10.0.0.1,'])('%j is refused as a list of proxies', (text) => {
  expect(() => parseTrustedProxies(text)).toThrow('must be a number from 0 to 32, or addresses and networks')
})
