import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand, type CommandOptions } from './process.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'br-qa-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

async function run(command: string, options: Partial<CommandOptions> = {}) {
  const chunks: Uint8Array[] = []
  const end = await runCommand(command, { cwd: folder, env: { PATH: process.env.PATH }, timeoutMs: 20_000, signal: new AbortController().signal, onOutput: (chunk) => chunks.push(chunk), ...options })
  return { end, output: Buffer.concat(chunks).toString() }
}
/** Processes that were started with this word on their command line, and are no zombies. */
const alive = (word: string): string[] => execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(word) && !line.startsWith('Z'))
/** A number of seconds that no other process of this machine sleeps. */
let mark = 0
const uniqueSleep = (): string => `${90_000 + process.pid}.${mark++}`

describe('a command', () => {
  it('gives its exit code and what it prints, both streams in order, in its folder and environment', async () => {
    const { end, output } = await run('echo "$WHO"; echo to stderr >&2; pwd; exit 3', { env: { PATH: process.env.PATH, WHO: 'ada' } })
    expect(end).toEqual({ how: 'exit', code: 3 })
    expect(output.split('\n').sort()).toEqual(['', fs.realpathSync(folder), 'ada', 'to stderr'].sort())
  })

  it('that reads its input finds it empty', async () => {
    expect(await run('cat; read x || echo none')).toEqual({ end: { how: 'exit', code: 0 }, output: 'none\n' })
  })

  it('that ends itself by a signal says by which', async () => {
    expect((await run('kill -9 $$')).end).toEqual({ how: 'signal', signal: 'SIGKILL' })
  })

  it('that cannot be started says why', async () => {
    expect((await run('true', { cwd: path.join(folder, 'nowhere') })).end).toMatchObject({ how: 'not-started', reason: expect.stringContaining('ENOENT') })
    expect((await run('echo \0')).end).toMatchObject({ how: 'not-started', reason: expect.stringContaining('null bytes') })
  })

  it('that prints megabytes gets rid of them all', async () => {
    let size = 0
    const { end } = await run('head -c 50000000 /dev/zero', { onOutput: (chunk) => (size += chunk.length) })
    expect([end, size]).toEqual([{ how: 'exit', code: 0 }, 50_000_000])
  })
})

describe('when its time is over', () => {
  it('everything in its group ends, also what forked and does not listen to SIGTERM', async () => {
    const sleep = uniqueSleep()
    const deaf = `trap "" TERM; sleep ${sleep} & sleep ${sleep}`
    const { end } = await run(`(${deaf}) & (${deaf}) & ${deaf}`, { timeoutMs: 300 })
    expect(end).toEqual({ how: 'timeout' })
    expect(alive(sleep)).toEqual([])
  })

  it('it may still clean up, and what it says then is kept', async () => {
    const { end, output } = await run('trap "echo cleaned; exit 0" TERM; echo begun; while :; do sleep 0.05; done', { timeoutMs: 500 })
    expect(end).toEqual({ how: 'timeout' })
    expect(output).toMatch(/^begun\n(.*\n)?cleaned\n$/)
  })

  it('or it is aborted, it ends as well; nothing begins after that', async () => {
    const sleep = uniqueSleep()
    const controller = new AbortController()
    const running = run(`echo begun; sleep ${sleep}`, { signal: controller.signal, onOutput: () => controller.abort() })
    expect((await running).end).toEqual({ how: 'aborted' })
    expect(alive(sleep)).toEqual([])
    expect((await run('touch never', { signal: controller.signal })).end).toEqual({ how: 'aborted' })
    expect(fs.existsSync(path.join(folder, 'never'))).toBe(false)
  })
})

describe('when it ends itself', () => {
  it('what it left in the background ends with it, and keeps nobody waiting', async () => {
    const sleep = uniqueSleep()
    const { end, output } = await run(`sleep ${sleep} & (trap "" TERM; sleep ${sleep}) & echo done`)
    expect([end, output]).toEqual([{ how: 'exit', code: 0 }, 'done\n'])
    expect(alive(sleep)).toEqual([])
  })

  it('a daemon that left the group and holds the output open keeps nobody waiting either', async () => {
    const sleep = uniqueSleep()
    const started = performance.now()
    const { end, output } = await run(`mkfifo daemon; setsid sh -c 'echo $$ > daemon; exec sleep ${sleep}' & cat daemon`)
    expect(end).toEqual({ how: 'exit', code: 0 })
    expect(performance.now() - started).toBeLessThan(15_000)
    await vi.waitFor(() => expect(alive(sleep)).toHaveLength(1), { timeout: 30_000 })
    process.kill(Number(output), 'SIGKILL')
  })
})
