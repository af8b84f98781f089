/** The baseline of latency: socket.io, which emits the text of each request's body to everybody in a room. WebSocket alone, as for us. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Server } from 'socket.io'

const server = createServer((req, res) => {
  void text(req).then((body) => {
    io.to('topic').emit('event', JSON.parse(body))
    res.end('{}')
  })
})
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false })
io.on('connection', (socket) => void socket.join('topic'))
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
