import { BuildRunnerSDK, PlanLimitError } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.members.invite({ email: 'linus@example.com', projectRoles: [{ projectId: 'website', role: 'CONTRIBUTOR' }] })
if (error instanceof PlanLimitError) console.log(error.message, error.upgradeTo)
