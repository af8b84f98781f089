/** The stream of what a member is told: one for each person in an organisation, made with its first event. */
import { createHash } from 'node:crypto'

/** Of our own making (RFC 9562, version 5): names in it are `<organisation's UUID>/<person's UUID>`. */
const NAMESPACE = Buffer.from('5d0c1f0e7b0e4f7a9d3e6a4f0b7c2d91', 'hex')

/** A UUID of version 5, so that everybody finds the stream without asking. */
export function memberStreamId(organisationId: string, userId: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${organisationId}/${userId}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
