/** Webhooks with `br webhooks`, against the server as `npm start` runs it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestCli, type RunResult, type TestCli } from './testing/br.ts'
import { startTestServer, type TestServer } from './testing/server.ts'
