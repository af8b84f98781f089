/** Whether one hears of an item: watched, muted, or as it comes. */
import type { ReactNode } from 'react'
import { useCall } from '../data/use-call.ts'
import { useOpenProject } from '../project/scope.tsx'
import { useSession } from '../session/session.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { useInspectorText } from './text.ts'

const LEVELS = ['WATCHING', 'NEITHER', 'MUTED'] as const

export function Watching({ itemKey }: { readonly itemKey: string }): ReactNode {
  const t = useInspectorText()
  const announce = useAnnounce()
  const { client } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const { data, reload } = useCall(() => client.notifications.interests(), [client])
  const level = data?.find((interest) => interest.projectId === projectId && interest.itemKey === itemKey && interest.threadId === null)?.level ?? 'NEITHER'
  const choose = async (to: (typeof LEVELS)[number]): Promise<void> => {
    const about = { projectId, itemId: itemKey }
    const { error } = await (to === 'WATCHING' ? client.notifications.watch(about) : to === 'MUTED' ? client.notifications.mute(about) : client.notifications.reset(about))
    announce(error ? error.message : t(`watch.${to}`))
    await reload()
  }
  if (data === undefined) return null
  return (
    <Menu label={t('watch', { level: t(`watch.${level as 'WATCHING'}`) })} className="icon-button" items={LEVELS.map((id) => ({ id, label: t(`watch.${id}`), checked: id === level, choose: () => void choose(id) }))}>
      <Icon name="bell" />
    </Menu>
  )
}
