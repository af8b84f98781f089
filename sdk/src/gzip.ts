/** Requests in gzip (RFC 9110, section 8.4): a push of offline edits shrinks to a twentieth. */

/** In UTF-16 units. Below, compressing costs more time than sending. */
const WORTH_IT = 16_384

/** Undefined where it is not worth it, or the runtime cannot. */
export async function gzipped(text: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (text.length < WORTH_IT || typeof CompressionStream === 'undefined') return undefined
  return new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer())
}
