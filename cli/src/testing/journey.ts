/** What most journeys begin with: a `br` that is signed in to a server of its own. Call these at the top of a test file. */
import { afterAll, beforeAll, expect } from 'vitest'
import { createTestCli, samplePlan, writePlan, type RunResult, type TestCli } from './br.ts'
import { startTestServer, type TestServer } from './server.ts'

export interface JourneyOptions {
  /** Of the server's environment. */
  variables?: Record<string, string>
  /** @defaultValue true */
  signIn?: boolean
  /** Makes a project of this name from the sample plan, linked and synced, in the journey's folder. */
  project?: string
}

/** Its fields are there once `beforeAll` has run. */
export interface Journey {
  cli: TestCli
  server: TestServer
  /** The folder that `br` runs in. */
  cwd: string
  br(this: void, ...args: string[]): Promise<RunResult>
  /** What a command prints with `--json`. It has to succeed, and to say nothing else. */
  data(this: void, ...args: string[]): Promise<any>
}

export function useJourney({ variables = {}, signIn = true, project }: JourneyOptions = {}): Journey {
  const journey = {
    br: (...args: string[]) => journey.cli.run(args, { cwd: journey.cwd }),
    async data(...args: string[]): Promise<any> {
      const result = await journey.br(...args, '--json')
      expect(result, args.join(' ')).toMatchObject({ code: 0, stderr: '' })
      return JSON.parse(result.stdout)
    },
  } as Journey
  beforeAll(async () => {
    ;[journey.cli, journey.server] = await Promise.all([createTestCli(), startTestServer(variables)])
    journey.cwd = journey.cli.folder()
    if (signIn) await journey.data('login', '--local', journey.server.dataDir)
    if (project === undefined) return
    writePlan(journey.cwd, samplePlan())
    await journey.data('projects', 'create', project, '--link')
    await journey.data('sync')
  })
  afterAll(async () => {
    await journey.server?.stop()
    journey.cli?.close()
  })
  return journey
}
