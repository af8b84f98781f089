/** Announcements inside one process. */
import { EventEmitter } from 'node:events'
import type { EventChannel } from '../context.ts'

export function createEventChannel(): EventChannel {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish: (streamId, sequence) => void emitter.emit('news', streamId, sequence),
    subscribe(listener) {
      emitter.on('news', listener)
      return () => void emitter.off('news', listener)
    },
  }
}
