/** A WebSocket client of a test's own, over bare TCP: it reads only when told to, which no library lets a test do. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface RawSocket {
  /** Says it, in one masked text frame. */
  send(message: object | string): void
  /** The next frame: a message, or what closed the socket. Reads as much as it needs. */
  next(): Promise<{ message: any } | { code: number; reason: string }>
  /** Stops taking bytes from the system; `next` goes on. */
  pause(): void
  destroy(): void
}

const [TEXT, CLOSE, PING] = [0x1, 0x8, 0x9]

function masked(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  head[1] = 0x80 | (head.length === 2 ? payload.length : head.length === 4 ? 126 : 127)
  if (head.length === 4) head.writeUInt16BE(payload.length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(payload.length), 2)
  const mask = randomBytes(4)
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4]!)])
}

/** The first frame of `bytes`, and how long it is; undefined while it is not whole. */
function frameOf(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 0x7f
  const head = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < head) return undefined
  const size = head === 2 ? short : head === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  return bytes.length < head + size ? undefined : { opcode: bytes[0]! & 0xf, payload: bytes.subarray(head, head + size), length: head + size }
}

export async function openRawSocket(address: string): Promise<RawSocket> {
  const { hostname, port, pathname } = new URL(address)
  const socket: Socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`)
  let bytes = Buffer.alloc(0)
  const read = async (): Promise<void> => {
    const chunk = socket.read() as Buffer | null
    if (chunk !== null) bytes = Buffer.concat([bytes, chunk])
    else if (socket.readableEnded || socket.destroyed) throw new Error('the connection ended')
    else {
      const waiting = new AbortController()
      await Promise.race(['readable', 'close'].map((name) => once(socket, name, waiting).catch(() => {}))).finally(() => waiting.abort())
    }
  }
  while (!bytes.includes('\r\n\r\n')) await read()
  bytes = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)
  const write = (opcode: number, payload: Buffer): void => void socket.write(masked(opcode, payload))
  return {
    send: (message) => write(TEXT, Buffer.from(typeof message === 'string' ? message : JSON.stringify(message))),
    async next() {
      for (;;) {
        const frame = frameOf(bytes)
        if (frame === undefined) {
          await read()
          continue
        }
        bytes = bytes.subarray(frame.length)
        if (frame.opcode === CLOSE) return { code: frame.payload.readUInt16BE(0), reason: frame.payload.subarray(2).toString() }
        if (frame.opcode === PING) write(0xa, Buffer.from(frame.payload))
        else if (frame.opcode === TEXT) return { message: JSON.parse(frame.payload.toString()) }
      }
    },
    pause: () => void socket.pause(),
    destroy: () => void socket.destroy(),
  }
}
