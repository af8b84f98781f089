/** Puts a text into the clipboard, and says that it is there. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAnnounce } from './announcer.tsx'
import { Button } from './button.tsx'
import { useUiText } from './ui-text.ts'

interface CopyButtonProps {
  readonly text: string
  /** Default: "Copy". */
  readonly label?: string
}

export function CopyButton({ text, label }: CopyButtonProps): ReactNode {
  const t = useUiText()
  const announce = useAnnounce()
  const [copied, setCopied] = useState<string>()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(text)
      announce(t('copied'))
    } catch {
      announce(t('copy.failed')) // not allowed here: the text stands beside the button
    }
  }
  const isCopied = copied === text
  return <Button icon={isCopied ? 'check' : 'copy'} onClick={() => void copy()}>{isCopied ? t('copied') : (label ?? t('copy'))}</Button>
}
