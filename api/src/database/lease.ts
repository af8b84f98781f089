import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** Session lock that every process using an embedded server holds shared, and whoever stops the server holds alone. */
const LEASE = 7_226_870_118

/**
 * A process's claim on the embedded server: a connection that holds a shared advisory lock for as long as the process lives.
 * The database itself drops the claim when the process dies, however it dies.
 */
export class Lease {
  readonly #client: Client

  private constructor(client: Client) {
    this.#client = client
  }

  /** Answers undefined when another process is stopping the server right now. */
  static async take(url: string): Promise<Lease | undefined> {
    const client = new Client({ connectionString: url, application_name: 'buildrunner lease', keepAlive: true, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {}) // 'end' follows
    await client.connect()
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS held', [LEASE])
    if (rows[0]?.held) return new Lease(client)
    await client.end()
    return undefined
  }

  /**
   * Whether the server at the other end works on this very folder: it can read a file that we have just put there. A path or
   * a pid can be that of another server after a folder was copied or a machine restarted; this cannot.
   */
  async serves(data: string): Promise<boolean> {
    const name = `lease-${randomBytes(8).toString('hex')}`
    const nonce = randomBytes(16).toString('hex')
    writeFileSync(join(data, name), nonce, { mode: 0o644 })
    try {
      const { rows } = await this.#client.query<{ text: string | null }>('SELECT pg_read_file($1, true) AS text', [name])
      return rows[0]?.text === nonce
    } finally {
      rmSync(join(data, name), { force: true })
    }
  }

  async createDatabase(name: string): Promise<void> {
    const { rowCount } = await this.#client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    await this.#client.query(`CREATE DATABASE ${this.#client.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
      if (error.code !== '42P04' && error.code !== '23505') throw error // another process made it meanwhile
    })
  }

  onLost(listener: () => void): void {
    this.#client.once('end', listener)
  }

  /** Gives the claim back. When no one else holds one, runs `stop` while nobody can take one, and the server goes with us. */
  async release(stop: () => Promise<void>): Promise<void> {
    this.#client.removeAllListeners('end')
    try {
      if (await this.#isAlone()) await stop()
    } finally {
      await this.#client.end().catch(() => {})
    }
  }

  async #isAlone(): Promise<boolean> {
    try {
      await this.#client.query('SELECT pg_advisory_unlock_shared($1)', [LEASE])
      const { rows } = await this.#client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [LEASE])
      return rows[0]?.alone ?? false
    } catch {
      return false // the connection is gone: another process stops the server already
    }
  }
}
