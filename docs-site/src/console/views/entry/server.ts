/** Which server the entry talks to: the site's own, or one that the person names where the site lies elsewhere. */
import { useMemo, useState } from 'react'
import type { BuildRunnerSDK } from '@buildrunner/sdk'
import { createClient, defaultBaseUrl, isServedByApi } from '../../session/client.ts'

const KEY = 'buildrunner.server'

export interface Server {
  readonly baseUrl: string
  readonly client: BuildRunnerSDK
  /** False: the page may speak with the server that serves it only. */
  readonly canChange: boolean
  change(baseUrl: string): void
}

/** As the SDK takes it: https unless said otherwise, without `/graphql` or a slash at the end. @returns null for what is no address */
export function readServer(text: string): string | null {
  const trimmed = text.trim().replace(/\/+$/, '').replace(/\/graphql$/, '')
  const withScheme = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  return trimmed !== '' && URL.canParse(withScheme) ? withScheme : null
}

function remembered(): string {
  try {
    return (isServedByApi ? null : localStorage.getItem(KEY)) ?? defaultBaseUrl()
  } catch {
    return defaultBaseUrl()
  }
}

export function useServer(): Server {
  const [baseUrl, setBaseUrl] = useState(remembered)
  const client = useMemo(() => createClient(baseUrl), [baseUrl])
  const change = (value: string): void => {
    setBaseUrl(value)
    try {
      localStorage.setItem(KEY, value)
    } catch {
      // storage is blocked: it is asked for again
    }
  }
  return { baseUrl, client, canChange: !isServedByApi, change }
}
