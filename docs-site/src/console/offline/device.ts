/**
 * What is kept on this device: one database for each server, person and organisation, so that nobody sees what another person read here,
 * and two organisations may have projects of one name.
 */
import type { OfflineStore } from '@buildrunner/sdk/offline'
import { loadOnce } from '../data/readable.ts'
import { forgetProjects } from './known-projects.ts'

/** Whose data it is. */
export interface Owner {
  /** Where the API is. */
  readonly baseUrl: string
  readonly userId: string
  readonly organisationId: string
}

const prefixOf = ({ baseUrl, userId }: Owner): string => `buildrunner ${baseUrl} ${userId} `
const nameOf = (owner: Owner): string => `${prefixOf(owner)}${owner.organisationId}`

export interface DeviceStore {
  readonly store: OfflineStore
  /** False: the browser gives no storage, and what is stored lasts as long as the page. */
  readonly isKept: boolean
}

const openStores = new Map<string, Promise<DeviceStore>>()

/** The store of a person, opened once and shared by their projects. */
export function openStore(owner: Owner): Promise<DeviceStore> {
  const name = nameOf(owner)
  return loadOnce(openStores, name, () => openNamed(name))
}

export const loadStore = () => import('@buildrunner/sdk/offline/indexeddb')

async function openNamed(name: string): Promise<DeviceStore> {
  const { indexedDbStore } = await loadStore()
  try {
    return { store: await indexedDbStore(name), isKept: true }
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'STORE_UNAVAILABLE') throw error
    const { memoryStore } = await import('@buildrunner/sdk/offline')
    return { store: memoryStore(), isKept: false }
  }
}

/** Lets go of the database. */
export async function closeStore(owner: Owner): Promise<void> {
  const name = nameOf(owner)
  const store = openStores.get(name)
  openStores.delete(name)
  await (await store?.catch(() => undefined))?.store.close()
}

/** Databases of this person on this server, of whatever organisation. */
async function databasesOf(owner: Owner): Promise<string[]> {
  const all = await indexedDB.databases()
  return all.flatMap(({ name }) => (name?.startsWith(prefixOf(owner)) ? [name] : []))
}

/** How many writes wait on this device that no server has, of all projects of the organisation; 0 where nothing was ever stored. */
export async function countUnsent(owner: Owner): Promise<number> {
  if (!(await databasesOf(owner)).includes(nameOf(owner))) return 0
  const { store } = await openStore(owner)
  return (await store.list('outbox')).length
}

/** Deletes everything that this person's work has left on this device. Other tabs close what they have open. */
export async function clearDevice(owner: Owner): Promise<void> {
  forgetProjects(owner)
  await closeStore(owner)
  await Promise.all((await databasesOf(owner)).map(deleteDatabase))
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
