/** Buttons, and links that look like them. */
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Default: `plain`. At most one `primary` in a form. */
  readonly look?: Look
  readonly icon?: IconName
  /** Something is under way: it cannot be pressed again, and says so. */
  readonly busy?: boolean
}

export function Button({ look = 'plain', icon, busy = false, className = '', children, disabled, type = 'button', ...rest }: ButtonProps): ReactNode {
  return (
    <button type={type} className={`button ${look} ${className}`} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'look'> {
  readonly icon: IconName
  /** What it does: its name for everybody, and its tooltip. */
  readonly label: string
}

export function IconButton({ icon, label, className = '', busy = false, type = 'button', disabled, ...rest }: IconButtonProps): ReactNode {
  return (
    <button type={type} className={`icon-button ${className}`} aria-label={label} title={label} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      <Icon name={icon} />
    </button>
  )
}

interface ButtonLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly look?: Look
  readonly icon?: IconName
}

export function ButtonLink({ look = 'plain', icon, className = '', children, ...rest }: ButtonLinkProps): ReactNode {
  return (
    <a className={`button ${look} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}
