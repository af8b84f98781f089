/** Something that is shown this once: to be read, copied and printed. */
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

interface SecretProps {
  readonly label: string
  readonly value: string
  /** How it reads best, e.g. in groups; default: as it is. */
  readonly children?: ReactNode
}

export function Secret({ label, value, children }: SecretProps): ReactNode {
  return (
    <div className="secret" role="group" aria-label={label}>
      <code>{children ?? value}</code>
      <CopyButton text={value} />
    </div>
  )
}
