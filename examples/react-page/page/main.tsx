/** Starts the page: the settings come from the local server, the client from the SDK. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { createUrqlClient } from '@buildrunner/sdk/urql'
import { App } from './app.tsx'
import { commentCache } from './comment-documents.ts'
import { ConnectionStore } from './connection.ts'

interface Settings {
  apiUrl: string
  apiKey: string
  projectId: string
}

const response = await fetch('/settings.json')
if (!response.ok) throw new Error(await response.text())
const { apiUrl, apiKey, projectId } = (await response.json()) as Settings

const connection = new ConnectionStore()
const client = createUrqlClient({ apiKey, projectId, baseUrl: apiUrl, clientName: 'react-page/1' }, { onConnection: connection.set, cache: commentCache })

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Provider value={client}>
      <App projectId={projectId} connection={connection} />
    </Provider>
  </StrictMode>,
)
