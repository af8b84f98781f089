import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { generate, verify } from 'otplib'
import { expect, test } from 'vitest'
import { acceptedStep, base32, codeAt, otpauthUri, stepAt } from './totp.ts'

const RFC_SECRET = Buffer.from('12345678901234567890')

test.each([[59, '287082'], [1_111_111_109, '081804'], [1_234_567_890, '005924'], [20_000_000_000, '353130']])('RFC 6238, appendix B: %s s is %s', (seconds, code) => {
  expect(codeAt(RFC_SECRET, stepAt(new Date(seconds * 1_000)))).toBe(code)
})

test('RFC 4648: base32', () => {
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  expect(base32(RFC_SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})

test('another implementation makes and accepts the same codes', async () => {
  const secret = randomBytes(20)
  const at = new Date()
  const code = await generate({ secret: base32(secret), epoch: at.getTime() / 1_000 })
  expect(acceptedStep(secret, code, at, 0)).toBe(stepAt(at))
  expect((await verify({ secret: base32(secret), token: codeAt(secret, stepAt(at)), epoch: at.getTime() / 1_000 })).valid).toBe(true)
  expect(otpauthUri(secret, 'ada@example.com')).toBe(`otpauth://totp/BuildRunner%3Aada%40example.com?secret=${base32(secret)}&issuer=BuildRunner&algorithm=SHA1&digits=6&period=30`)
})

test('a code is accepted within one step of its own, and neither it nor an earlier one again', () => {
  fc.assert(fc.property(fc.integer({ min: 10, max: 60_000_000 }), fc.integer({ min: -4, max: 4 }), (step, drift) => {
    const at = new Date(step * 30_000)
    const code = codeAt(RFC_SECRET, step + drift)
    fc.pre([-1, 0, 1].every((other) => other === drift || codeAt(RFC_SECRET, step + other) !== code))
    const accepted = acceptedStep(RFC_SECRET, code, at, 0)
    expect(accepted).toBe(Math.abs(drift) <= 1 ? step + drift : null)
    if (accepted !== null) expect(acceptedStep(RFC_SECRET, code, at, accepted)).toBeNull()
  }))
})

test.each(['', '12345', '1234567', '12345a', '１２３４５６'])('%j is no code', (code) => {
  expect(acceptedStep(RFC_SECRET, code, new Date(), 0)).toBeNull()
})
