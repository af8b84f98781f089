/** `br presence` as people run it, against the server as `npm start` runs it. */
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Shop' })
const { br } = journey
let client: BuildRunnerSDK
beforeAll(() => {
  client = new BuildRunnerSDK({ apiKey: journey.server.apiKey, baseUrl: journey.server.baseUrl, projectId: 'shop' })
})

describe('br presence', () => {
  test('says who is there, on what, doing what', async () => {
    expect(await br('presence')).toMatchObject({ code: 0, stdout: 'Nobody is there.\n' })
    const here = await client.presence.join({ itemId: 'T6', typing: true, cursor: { field: 'title', offset: 3 } })
    expect((await journey.cli.run(['presence', 'shop'])).stdout).toMatch(/^● {2}\S.* {2}T6 title:3 {2}typing\n$/)
    expect(JSON.parse((await br('presence', '--json')).stdout)).toMatchObject({ degraded: false, people: [{ itemKey: 'T6', typing: true, devices: 1 }] })
    await here.leave()
  })

  test('with --watch --json is one state a line, until Ctrl-C', async () => {
    const child = journey.cli.start(['presence', '--watch', '--json'], { cwd: journey.cwd })
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
    const next = async () => JSON.parse(String((await lines.next()).value)) as unknown
    expect(await next()).toEqual({ people: [], degraded: false })
    const here = await client.presence.join({ itemId: 'T6' })
    expect(await next()).toMatchObject({ people: [{ itemKey: 'T6' }] })
    await here.leave()
    expect(await next()).toMatchObject({ people: [] })
    const ended = once(child, 'close')
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
  })

  test('refuses a project that is not there', async () => {
    expect(await journey.cli.run(['presence', 'nowhere', '--watch'])).toMatchObject({ code: 6, stdout: '' })
  })
})
