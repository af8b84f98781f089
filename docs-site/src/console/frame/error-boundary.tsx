/** A page that fails takes no other with it, and says how to go on. Part of it may be a chunk that a newer build of the site no longer has. */
import { Component } from 'react'
import type { ReactNode } from 'react'

interface ErrorBoundaryProps {
  readonly children: ReactNode
  /** What stands for the page; default: a text that needs no catalogue. */
  fallback?(error: Error, again: () => void): ReactNode
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | undefined }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state as { error: Error | undefined }
    if (error === undefined) return this.props.children
    const again = (): void => this.setState({ error: undefined })
    return this.props.fallback?.(error, again) ?? (
      <main className="lone" role="alert">
        <p>BuildRunner: {error.message}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>Reload</button>
      </main>
    )
  }
}
