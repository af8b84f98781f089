/** Mounts the console into its page. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { preloadProject } from './offline/project-replica.ts'
import { isEntry, parseRoute } from './routes.ts'
import { sessionStore } from './session/stored.ts'
import { loadText } from './text/text.ts'
import { preload } from './views.tsx'
import { registerWorker } from './worker/register.ts'

// The page is on its way while the server says who is signed in. And the words of the frame are there before the first picture: React
// holds back what follows a fallback for 300 ms.
const route = parseRoute(location.hash)
preload(sessionStore.get() === null || isEntry(route) ? 'entry' : route.view)
if (route.project !== undefined) preloadProject()
void Promise.allSettled([loadText('ui'), loadText('shell')]).then(() => {
  createRoot(document.getElementById('console') as HTMLElement).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
})
registerWorker()
