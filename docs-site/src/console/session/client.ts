/** The SDK's client of the console. */
import { BuildRunnerSDK } from '@buildrunner/sdk'

declare const __SITE_API_URL__: string

/** True: the site has no API of its own to talk to but the one that serves it. */
export const isServedByApi = __SITE_API_URL__ === ''

/** The API that the site was built for; else the server that serves it. */
export const defaultBaseUrl = (): string => __SITE_API_URL__ || location.origin

/** @param token an API key or the token of a session; absent: for signing in */
export function createClient(baseUrl: string, token?: string): BuildRunnerSDK {
  return new BuildRunnerSDK({ baseUrl, apiKey: token, clientName: 'console/0.1.0' })
}
