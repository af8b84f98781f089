/** Recovery codes, the only time that they can be read: to copy, to print. */
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { useSettingsText } from './settings-text.ts'

export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  const t = useSettingsText()
  const ui = useUiText()
  return (
    <section aria-label={t('codes.title')} className="form printed">
      <Notice tone="warn" title={t('codes.title')}>{t('codes.text')}</Notice>
      <ul className="recovery-codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div className="row">
        <CopyButton text={codes.join('\n')} />
        <Button icon="print" onClick={() => print()}>{ui('print')}</Button>
      </div>
    </section>
  )
}
