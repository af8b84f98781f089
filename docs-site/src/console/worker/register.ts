/** Registers the service worker of a built console, and tells when a newer build is there. */

let isReady = false
const listeners = new Set<() => void>()

/** A newer build was taken up: what is loaded again is of that one. */
export const isNewBuildReady = (): boolean => isReady

export const watchNewBuild = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  // The first worker of all takes up the build that is shown.
  let isControlled = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    isReady = isControlled
    isControlled = true
    for (const listener of [...listeners]) listener()
  })
  // Where storage is blocked there is no worker: then the console needs the network to open, that is all.
  serviceWorker.register('/console/sw.js', { scope: '/console/' }).catch(() => {})
}
