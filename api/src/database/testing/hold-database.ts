/** A process of its own that uses the embedded database of a folder: says so in one line, and lets go when told to. */
import { startEmbeddedPostgres } from '../embedded.ts'

const database = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' })
console.log(JSON.stringify({ url: database.url, pid: database.pid, adopted: database.adopted }))
process.stdin.resume().on('end', () => { void database.stop() })
