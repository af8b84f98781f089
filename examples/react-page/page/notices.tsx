/** What the page says about itself: whether it is live, and what went wrong with what to do. */
import { ForbiddenError, NetworkError, NotFoundError, UnauthenticatedError } from '@buildrunner/sdk'
import type { BuildRunnerError } from '@buildrunner/sdk'
import type { Connection } from '@buildrunner/sdk/urql'

const STATES = {
  connecting: 'Connecting …',
  live: 'Live',
  closed: 'Not live',
}

export function ConnectionState({ connection }: { connection: Connection | undefined }) {
  const state = connection?.state ?? 'connecting'
  return (
    <p role="status" aria-label="Connection" className={`connection ${state}`} title={connection?.error?.message}>
      {STATES[state]}
    </p>
  )
}

interface NoticeProps {
  error: BuildRunnerError
  action: string
  onAction: () => void
}

export function Notice({ error, action, onAction }: NoticeProps) {
  return (
    <div role="alert" className="notice">
      <div>
        <p><strong>{error.message}</strong></p>
        <p>{remedyOf(error)}</p>
      </div>
      <button type="button" onClick={onAction}>{action}</button>
    </div>
  )
}

function remedyOf(error: BuildRunnerError): string {
  if (error instanceof NetworkError) return 'Is the server running? Start it with `npm start`, then try again.'
  if (error instanceof UnauthenticatedError) return 'The key in local.json is not accepted. Start the server and this page again.'
  if (error instanceof ForbiddenError) return `The key lacks the permission ${error.permission ?? 'for this'}. Use another key.`
  if (error instanceof NotFoundError) return 'It may have been deleted. The page shows what is there now.'
  return `Nothing was changed (${error.code}${error.requestId ? `, request ${error.requestId}` : ''}).`
}
