/** Says that a newer build of the console is there, and takes it up when that suits. */
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { isNewBuildReady, watchNewBuild } from '../worker/register.ts'
import { useShellText } from './shell-text.ts'

export function NewBuild(): ReactNode {
  const t = useShellText()
  if (!useSyncExternalStore(watchNewBuild, isNewBuildReady)) return null
  return (
    <Notice tone="info" title={t('newBuild')}>
      <Button onClick={() => location.reload()}>{t('newBuild.load')}</Button>
    </Notice>
  )
}
