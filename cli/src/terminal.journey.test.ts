/** The questions that `br` asks on a terminal, answered by keys. */
import * as fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PLAN, samplePlan, writePlan } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'
import { converse, hasTerminal, KEY } from './testing/terminal.ts'

if (!hasTerminal) console.warn('SKIPPED: the questions of br on a terminal. They need the program script of util-linux.')

describe.skipIf(!hasTerminal)('on a terminal', () => {
  const journey = useJourney({ signIn: false })

  const planFolder = (): { cwd: string; read: () => string } => {
    const cwd = journey.cli.folder()
    const file = writePlan(cwd, samplePlan())
    return { cwd, read: () => fs.readFileSync(file, 'utf8') }
  }

  test('br plan remove asks, and a plain return keeps everything', async () => {
    const { cwd, read } = planFolder()
    const before = read()
    const { code, screen } = await converse(journey.cli, ['plan', 'remove', 'T6'], [{ see: 'Go ahead?', press: KEY.enter }], { cwd })
    expect({ code, text: read() }).toEqual({ code: 2, text: before })
    expect(screen).toContain('Nothing was changed.')
  })

  test('br plan remove goes ahead after a yes', async () => {
    const { cwd, read } = planFolder()
    expect(await converse(journey.cli, ['plan', 'remove', 'T6'], [{ see: 'Go ahead?', press: `${KEY.left}${KEY.enter}` }], { cwd })).toMatchObject({ code: 0 })
    expect(read()).not.toContain('"T6"')
  })

  test('Ctrl-C at a question changes nothing and exits with 130', async () => {
    const { cwd, read } = planFolder()
    const before = read()
    expect(await converse(journey.cli, ['plan', 'remove', 'T6'], [{ see: 'Go ahead?', press: KEY.interrupt }], { cwd })).toMatchObject({ code: 130 })
    expect(read()).toBe(before)
  })

  test('br login takes a key that it never shows; br init links the new plan to a new project', async () => {
    const cwd = journey.cli.folder()
    const env = { BUILDRUNNER_BASE_URL: journey.server.baseUrl }
    const login = await converse(journey.cli, ['login'], [{ see: 'API key for', press: journey.server.apiKey }, { see: '▪', press: KEY.enter }], { cwd, env })
    expect(login).toMatchObject({ code: 0 })
    expect(login.screen).toContain('signed in to')
    expect(login.screen).not.toContain(journey.server.apiKey)
    const init = await converse(journey.cli, ['init', '--name', 'Shop'], [{ see: 'Link it to a project', press: KEY.enter }, { see: 'Which project?', press: KEY.enter }], { cwd, env })
    expect(init).toMatchObject({ code: 0 })
    expect(JSON.parse(fs.readFileSync(path.join(cwd, PLAN), 'utf8'))).toMatchObject({ 'x-sync': { projectId: expect.stringMatching(/^prj_/) as string, sequence: 0 } })
    expect((await journey.cli.run(['projects', 'list', '--json'], { cwd, env })).stdout).toContain('"Shop"')
    const beside = journey.cli.folder()
    expect(await converse(journey.cli, ['init'], [{ see: 'Link it to a project', press: KEY.enter }, { see: 'Which project?', press: `${KEY.down}${KEY.enter}` }], { cwd: beside, env })).toMatchObject({ code: 0 })
    expect(JSON.parse(fs.readFileSync(path.join(beside, PLAN), 'utf8')).project).not.toEqual({ name: path.basename(beside) })
  })
})
