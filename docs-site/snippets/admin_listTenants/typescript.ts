import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const tenant of client.admin.listTenants({ search: 'acme' })) console.log(tenant.name, tenant.tier, tenant.memberCount)
