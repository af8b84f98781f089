import type { WebSocketConstructor } from '@buildrunner/sdk'

/** Node 20 has no WebSocket of its own; `ws` is a chunk that is loaded only there. */
export const loadWebSocket = async (): Promise<WebSocketConstructor> => globalThis.WebSocket ?? (await import('ws')).default
