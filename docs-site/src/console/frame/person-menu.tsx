/** Who is signed in, and the way out. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { clearDevice, countUnsent } from '../offline/device.ts'
import { useOwner } from '../offline/use-project.tsx'
import { linkTo } from '../routes.ts'
import { useSession } from '../session/session.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Menu } from '../ui/menu.tsx'
import { useShellText } from './shell-text.ts'

/** Two letters for a name. */
export const initials = (name: string): string => name.split(/\s+/).map((word) => [...word][0] ?? '').filter((_, index, all) => index === 0 || index === all.length - 1).join('').toUpperCase()

export function PersonMenu(): ReactNode {
  const t = useShellText()
  const { name, organisation } = useSession()
  const [unsent, setUnsent] = useState(0)
  const owner = useOwner()
  const signOut = useSignOut()
  const ask = async (): Promise<void> => {
    const count = await countUnsent(owner).catch(() => 0)
    if (count > 0) setUnsent(count)
    else await signOut()
  }
  return (
    <>
      <Menu
          className="top-button person"
        items={[
          { id: 'settings', label: t('view.settings'), href: linkTo('settings') },
          { id: 'out', label: t('signOut'), choose: () => void ask() },
        ]}
      >
        <span className="avatar" aria-hidden="true">{initials(name)}</span>
        <span className="person-name">{name} <span className="fine">{organisation.name}</span></span>
      </Menu>
      {unsent > 0 && <Unsent count={unsent} signOut={() => void signOut()} close={() => setUnsent(0)} />}
    </>
  )
}

/** Ends the session, and then takes from this device what was stored for it. */
function useSignOut(): () => Promise<void> {
  const { signOut } = useSession()
  const owner = useOwner()
  return async () => {
    await signOut()
    await clearDevice(owner)
  }
}

function Unsent({ count, signOut, close }: { readonly count: number; signOut(): void; close(): void }): ReactNode {
  const t = useShellText()
  const actions = (
    <>
      <Button onClick={close}>{t('signOut.stay')}</Button>
      <Button look="danger" onClick={signOut}>{t('signOut.anyway')}</Button>
    </>
  )
  return <Dialog title={t('signOut.title')} close={close} actions={actions}><p>{t('signOut.text', { count })}</p></Dialog>
}
