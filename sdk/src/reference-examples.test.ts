import { expect, test } from 'vitest'
import { BuildRunnerSDK } from './index.ts'
import { startServer } from '../test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()

test("the product reference's three examples answer as it says", async () => {
  const client = new BuildRunnerSDK({
    apiKey,
    projectId,
    baseUrl: apiUrl,
  });

  const projects = await client.projects.list();
  expect(projects.data?.projects).toMatchObject([{ slug: 'website' }])

  const plan = await client.planning.getPlan();
  expect(plan.data?.phases.length).toBe(2)

  const syncResult = await client.execution.sync({ dry_run: true });
  expect(syncResult.data?.summary).toEqual({ pulled: expect.any(Number) as number, pushed: 0, conflicts: 0, sequence: expect.any(Number) as number })
  expect(syncResult.data?.changes).not.toEqual([])
})
