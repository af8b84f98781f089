import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_TARGETS, isPublic, mayConnect, parseAllowedTargets, refusalOf } from './addresses.ts'

describe('an address', () => {
  test.each([
    '8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '169.253.255.255', '192.167.255.255', '192.169.0.0', '223.255.255.255', '168.63.129.17',
    '2606:4700:4700::1111', '2a00:1450:4001:80b::200e', '::ffff:8.8.8.8', '::ffff:808:808', '64:ff9b::8.8.8.8', '64:ff9b::808:808',
  ])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  test.each([
    ['loopback', '127.0.0.1'], ['loopback', '127.255.255.254'], ['loopback', '::1'], ['loopback, written out', '0:0:0:0:0:0:0:1'],
    ['this network', '0.0.0.0'], ['this network', '0.1.2.3'], ['unspecified', '::'],
    ['private', '10.0.0.1'], ['private', '172.16.0.1'], ['private', '172.31.255.255'], ['private', '192.168.1.1'], ['shared', '100.64.0.1'], ['shared', '100.127.255.255'],
    ['link-local', '169.254.1.1'], ['link-local', 'fe80::1'], ['link-local with a zone', 'fe80::1%eth0'], ['unique-local', 'fc00::1'], ['unique-local', 'fd12:3456::1'], ['site-local', 'fec0::1'],
    ['multicast', '224.0.0.1'], ['multicast', '239.255.255.255'], ['multicast', 'ff02::1'], ['reserved', '240.0.0.1'], ['broadcast', '255.255.255.255'],
    ['metadata of AWS, Google and others', '169.254.169.254'], ['metadata of AWS', 'fd00:ec2::254'], ['metadata of Alibaba', '100.100.100.200'], ['metadata of Oracle', '192.0.0.192'], ['metadata of Azure', '168.63.129.16'],
    ['documentation', '192.0.2.1'], ['documentation', '198.51.100.1'], ['documentation', '203.0.113.1'], ['documentation', '2001:db8::1'], ['documentation', '3fff::1'], ['benchmarking', '198.18.0.1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'], ['IPv4-mapped, in hex', '::ffff:7f00:1'], ['IPv4-mapped, written out', '0:0:0:0:0:ffff:a00:1'], ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
    ['IPv4-compatible', '::127.0.0.1'], ['IPv4-translated', '::ffff:0:127.0.0.1'], ['NAT64', '64:ff9b::7f00:1'], ['NAT64', '64:ff9b::10.0.0.1'], ['NAT64 metadata', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::808:808'], ['6to4', '2002:7f00:1::1'], ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'], ['ORCHID', '2001:20::1'], ['discard', '100::1'],
    ['no address', 'localhost'], ['no address', ''],
  ])('of the kind %s is not public: %s', (_kind, address) => {
    expect(isPublic(address)).toBe(false)
  })

  test('of IPv4 counts alike when IPv6 carries it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect([isPublic(`::ffff:${address}`), isPublic(`64:ff9b::${address}`)]).toEqual([isPublic(address), isPublic(address)])
      }),
    )
  })
})

describe('WEBHOOKS_ALLOW_PRIVATE', () => {
  test.each<[setting: string, address: string, host: string, allowed: boolean]>([
    ['127.0.0.0/8', '127.0.0.1', 'localhost', true],
    ['127.0.0.0/8', '::1', 'localhost', false],
    ['127.0.0.0/8', '::ffff:127.0.0.1', 'x.test', true],
    ['10.1.0.0/16, ::1', '::1', 'x.test', true],
    ['10.1.0.0/16, ::1', '10.1.2.3', 'x.test', true],
    ['10.1.0.0/16, ::1', '10.2.2.3', 'x.test', false],
    ['hooks.internal', '10.2.2.3', 'Hooks.Internal', true],
    ['hooks.internal', '10.2.2.3', 'evil.hooks.internal', false],
    ['fe80::/10', 'fe80::1%eth0', 'x.test', true],
    ['10.1.0.0/16', '8.8.8.8', 'x.test', true],
  ])('%s: to %s of %s: %s', (setting, address, host, allowed) => {
    expect(mayConnect(address, host, parseAllowedTargets(setting))).toBe(allowed)
  })

  test.each(['10.0.0.0/33', '10.0.0', '10.0.0.0/x', 'http://hooks.internal', 'hooks.internal:80', '', '10.0.0.1,,', '-x', '::1/129', '0x7f'])('%j is refused', (setting) => {
    expect(() => parseAllowedTargets(setting)).toThrow('must be networks, addresses and host names')
  })
})

describe('a URL', () => {
  test.each<[url: string, allowed: string | null, refusal: string | null]>([
    ['https://example.com/hook', null, null],
    ['https://example.com:8443/hook', null, null],
    ['https://[2606:4700:4700::1111]/', null, null],
    ['http://example.com/hook', null, 'https://'],
    ['http://example.com/hook', 'example.com', null],
    ['http://127.0.0.1:4100/', '127.0.0.0/8', null],
    ['http://[::1]:4100/', '::1', null],
    ['ftp://example.com/', null, 'https://'],
    ['file:///etc/passwd', null, 'https://'],
    ['https://user@example.com/', null, 'user name'],
    ['https://user:secret@example.com/', null, 'password'],
    ['https://127.0.0.1/', null, '127.0.0.1'],
    ['https://2130706433/', null, '127.0.0.1'],
    ['https://0x7f.1/', null, '127.0.0.1'],
    ['https://0177.0.0.1/', null, '127.0.0.1'],
    ['https://127.1/', null, '127.0.0.1'],
    ['https://①②⑦.0.0.1/', null, '127.0.0.1'],
    ['https://[::ffff:7f00:1]/', null, '::ffff:7f00:1'],
    ['https://localhost/', null, 'itself'],
    ['https://LOCALHOST./', null, 'itself'],
    ['https://a.localhost/', null, 'itself'],
    ['https://localhost/', 'localhost', null],
  ])('%s with %s: %s', (url, allowed, refusal) => {
    const answer = refusalOf(new URL(url), allowed === null ? NO_TARGETS : parseAllowedTargets(allowed))
    if (refusal === null) expect(answer).toBeNull()
    else expect(answer).toContain(refusal)
  })
})
