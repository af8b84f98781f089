/** What is known of projects without asking: name and permissions, as the server said last. In local storage, so that the first picture has it. */
import type { ProjectsGetData } from '@buildrunner/sdk'
import type { Owner } from './device.ts'

const PREFIX = 'buildrunner.project '
const keyOf = ({ baseUrl, userId, organisationId }: Owner, project: string): string => `${PREFIX}${baseUrl} ${userId} ${organisationId} ${project}`

/** @param reference slug or id, as the address has it */
export function knownProject(owner: Owner, reference: string): ProjectsGetData | undefined {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(owner, reference)) ?? 'null') as ProjectsGetData | null) ?? undefined
  } catch {
    return undefined // storage is blocked, or holds what is not ours
  }
}

/** @param project undefined: it is gone, or no longer theirs to see */
export function rememberProject(owner: Owner, reference: string, project: ProjectsGetData | undefined): void {
  try {
    if (project === undefined) localStorage.removeItem(keyOf(owner, reference))
    else localStorage.setItem(keyOf(owner, reference), JSON.stringify(project))
  } catch {
    // storage is blocked or full: without network the project is not known, that is all
  }
}

/** Of this person, in all organisations of the server. */
export function forgetProjects({ baseUrl, userId }: Owner): void {
  try {
    const theirs = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${baseUrl} ${userId} `))
    for (const key of theirs) localStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}
