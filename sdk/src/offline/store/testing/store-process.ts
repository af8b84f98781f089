/** A process that opens file stores for another one, over its IPC channel. */
import { fileStore } from '../../files/file-store.ts'
import { hostStores } from './remote-store.ts'
import type { Message } from './remote-store.ts'

hostStores({ post: (message) => void process.send!(message), listen: (listener) => process.on('message', (message) => listener(message as Message)) }, (folder) => fileStore(folder))
process.on('disconnect', () => process.exit())
