/** The baseline of subscriptions: `ws` alone, which sends the text of each request's body to every socket. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer } from 'ws'
import './report-memory.ts'

const server = createServer((req, res) => {
  void text(req).then((body) => {
    for (const frame of JSON.parse(body) as string[]) for (const socket of sockets.clients) socket.send(frame)
    res.end('{}')
  })
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: (protocols) => [...protocols][0] ?? false })
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
