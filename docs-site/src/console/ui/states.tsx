/** What a page shows when it has nothing to show: nothing there, not yet, not allowed, or failed. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { ForbiddenError, NetworkError, NotFoundError } from '@buildrunner/sdk'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { useUiText } from './ui-text.ts'

interface EmptyProps {
  readonly title: string
  readonly icon?: IconName
  /** What to do about it. */
  readonly children?: ReactNode
}

export function Empty({ title, icon = 'plan', children }: EmptyProps): ReactNode {
  return (
    <div className="state">
      <Icon name={icon} className="state-icon" />
      <p className="state-title">{title}</p>
      {children}
    </div>
  )
}

/** Shown after a moment only: what is there at once does not flicker. */
export function Loading({ label }: { readonly label?: string }): ReactNode {
  const t = useUiText()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="state" role="status" data-loading>
      {shown && (
        <>
          <span className="spinner" aria-hidden="true" />
          <p>{label ?? t('loading')}</p>
        </>
      )}
    </div>
  )
}

interface DeniedProps {
  readonly permission?: string | undefined
  /** Of the page, where nothing else is on it. */
  readonly page?: string
}

/** Somebody lacks a permission: which one, and who can give it. */
export function Denied({ permission, page }: DeniedProps): ReactNode {
  const t = useUiText()
  return (
    <>
      {page !== undefined && <div className="page-head"><h1>{page}</h1></div>}
      <Empty title={t('denied.title')} icon="key">
        <p>{permission === undefined ? t('denied.text') : t('denied.permission', { permission })}</p>
      </Empty>
    </>
  )
}

interface FailureProps {
  readonly error: BuildRunnerError
  retry?(): void
}

/** A page, or part of one, that could not be read. */
export function Failure({ error, retry }: FailureProps): ReactNode {
  const t = useUiText()
  if (error instanceof ForbiddenError) return <Denied permission={permissionOf(error)} />
  const title = error instanceof NetworkError ? t('failure.network') : error instanceof NotFoundError ? t('failure.notFound') : t('failure.title')
  return (
    <div className="state" role="alert">
      <Icon name={error instanceof NetworkError ? 'offline' : 'alert'} className="state-icon" />
      <p className="state-title">{title}</p>
      <ErrorText error={error} />
      {retry && <Button icon="refresh" onClick={retry}>{t('retry')}</Button>}
    </div>
  )
}

/** What an error says, with the page that explains its code and what the server's operator needs to find it. */
export function ErrorText({ error }: { readonly error: BuildRunnerError }): ReactNode {
  const t = useUiText()
  return (
    <>
      <p>{error.message}</p>
      <p className="fine">
        <a href={`/troubleshooting/${error.code.toLowerCase().replaceAll('_', '-')}/`}>{error.code}</a>
        {error.requestId !== undefined && <> · {t('failure.request', { id: error.requestId })}</>}
      </p>
    </>
  )
}

const permissionOf = ({ details }: BuildRunnerError): string | undefined => (typeof details['permission'] === 'string' ? details['permission'] : undefined)
