import { expect, test } from 'vitest'
import { failure } from './errors.ts'
import { Output, withoutControls } from './output.ts'

function outputs(options: { json?: boolean; isTTY?: boolean } = {}) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({ isTTY: options.isTTY === true, columns: 80, write: (text: string) => (written[name] += text) })
  return { written, out: new Output({ stdout: sink('stdout'), stderr: sink('stderr'), env: {}, json: options.json === true }) }
}

test('with --json nothing but data is on stdout and nothing but the error on stderr', () => {
  const { written, out } = outputs({ json: true, isTTY: true })
  out.lines('for people')
  out.note('a remark')
  out.progress('working')
  out.result({ a: 1 }, () => 'for people')
  out.error(failure('ITEM_NOT_FOUND', { id: 'T9', similar: ['T8'] }))
  expect(JSON.parse(written.stdout)).toEqual({ a: 1 })
  expect(JSON.parse(written.stderr)).toEqual({
    error: { code: 'ITEM_NOT_FOUND', message: 'The plan has no item "T9".', remedy: 'Did you mean T8?', id: 'T9', similar: ['T8'] },
  })
})

test('progress is shown on a terminal only, and cleared before anything else is written', () => {
  const piped = outputs()
  piped.out.progress('working')
  expect(piped.written.stderr).toBe('')
  const terminal = outputs({ isTTY: true })
  terminal.out.progress('working')
  terminal.out.lines('done')
  expect(terminal.written.stderr).toContain('working')
  expect(terminal.written.stderr.endsWith('\r\x1b[2K')).toBe(true)
})

test('control characters in titles do not reach the terminal; our own colours do', () => {
  expect(withoutControls('a\x1b]0;evil\x07b\x1b[2Jc\r\nd\te \x1b[31mred\x1b[39m \x9b1m')).toBe('a]0;evilb[2Jc\nd\te \x1b[31mred\x1b[39m 1m')
})
