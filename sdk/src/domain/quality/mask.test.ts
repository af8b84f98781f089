import { describe, expect, it } from 'vitest'
import { MASK, maskTokens } from './mask.ts'

/** Put together here, so that no scanner takes this file for a leak. */
const secret = (...parts: string[]): string => parts.join('')
const long = 'aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5'

describe('what has the shape of a secret', () => {
  it.each([
    secret('br_', 'a1b2c3d4_', long), secret('ghp_', long), secret('github_', 'pat_', long), secret('glpat-', long), secret('AKIA', 'IOSFODNN7EXAMPLE'), secret('xoxb-', '1234567890-abc'),
    secret('npm_', long), secret('sk_', 'live_', long), secret('sk-', long), secret('AIza', long.slice(0, 35)), secret('eyJhbGciOi', 'JIUzI1NiJ9.eyJzdWIiOiIxIn0.', long),
    secret('pypi-', long, long), secret('https://hooks.slack.com/', 'services/T0/B0/abc'),
  ])('is masked: %s', (token) => {
    expect(maskTokens(`before "${token}" after\n${token}`)).toBe(`before "${MASK}" after\n${MASK}`)
  })

  it('is masked with all of its lines, also where its end was cut off', () => {
    const key = (end: string): string => `a\n${secret('-----BEGIN RSA ', 'PRIVATE KEY-----')}\nMIIE\nabc\n${end}`
    expect(maskTokens(`${key(secret('-----END RSA ', 'PRIVATE KEY-----'))}\nb`)).toBe(`a\n${MASK}\nb`)
    expect(maskTokens(key(''))).toBe(`a\n${MASK}`)
  })

  it('leaves what it stands in', () => {
    expect(maskTokens('postgres://ada:hush@db.example:5432/app')).toBe(`postgres://ada:${MASK}@db.example:5432/app`)
    expect(maskTokens('Authorization: Bearer abcdef123456')).toBe(`Authorization: Bearer ${MASK}`)
    expect(maskTokens(`"authorization": "abcdef123456"`)).toBe(`"authorization": "${MASK}"`)
  })
})

it.each(['https://example.com/a:b@c', 'sk-button is a class', 'br_short', 'br_some_identifier_of_a_program', 'see http://localhost:3000/x and a@b.example', 'tests/eyJ.test.ts passed', 'authorization: none'])('what is no secret stays: %s', (text) => {
  expect(maskTokens(text)).toBe(text)
})

it('masking twice changes nothing more', () => {
  const once = maskTokens(`x://u:p@h ${secret('ghp_', long)} authorization: bearer abcdefgh`)
  expect(maskTokens(once)).toBe(once)
})

it('takes time that grows with the text only', () => {
  const started = performance.now()
  for (const text of ['eyJ'.repeat(200_000), 'a:'.repeat(300_000), '-----BEGIN PRIVATE KEY-----'.repeat(20_000), `authorization${' '.repeat(500_000)}`, 'a://'.repeat(150_000)]) maskTokens(text)
  expect(performance.now() - started).toBeLessThan(5_000)
})
