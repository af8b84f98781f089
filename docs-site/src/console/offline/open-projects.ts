/** The project that is open: one replica, however many parts of a page show it, and none once the project is left. */
import type { BuildRunnerSDK } from '@buildrunner/sdk'
import type { Owner } from './device.ts'
import { ProjectReplica } from './project-replica.ts'

interface Open {
  readonly key: string
  readonly replica: ProjectReplica
  users: number
}

let open: Open | undefined
const listeners = new Set<() => void>()

function show(next: Open | undefined): void {
  open = next
  for (const listener of [...listeners]) listener()
}

/** The replica of a project. Begun with the first who asks; another project, or another session, takes its place. */
export function replicaOf(client: BuildRunnerSDK, owner: Owner, projectId: string): ProjectReplica {
  const key = JSON.stringify([owner, projectId])
  if (open?.key !== key) {
    open?.replica.close()
    open = { key, replica: new ProjectReplica(client, owner, projectId), users: 0 }
  }
  return open.replica
}

/** Keeps it open. @returns what lets go of it: after the last one it closes, unless somebody takes it up at once */
export function holdReplica(replica: ProjectReplica): () => void {
  const held = open
  if (held?.replica !== replica) return () => {}
  held.users++
  show(held)
  return () => {
    held.users--
    queueMicrotask(() => {
      if (held.users > 0) return
      replica.close()
      if (open === held) show(undefined)
    })
  }
}

/** Opens anew what failed to open. */
export function forgetReplica(replica: ProjectReplica): void {
  replica.close()
  if (open?.replica === replica) open = undefined
}

/** The open project, for the frame. */
export const openReplica = (): ProjectReplica | undefined => open?.replica

export const watchOpenReplica = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
