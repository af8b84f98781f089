/** Readable names for ids. */

/**
 * A title as an id segment: letters and digits of every script in lower case, accents of Latin letters dropped,
 * everything else a dash. Whole words, up to `maxLength` UTF-16 units.
 *
 * @param fallback stands in for a title without any letter or digit
 */
export function slug(title: string, fallback = 'item', maxLength = 32): string {
  const words = title
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .match(/[\p{L}\p{N}\p{M}]+/gu)
  if (words === null) return fallback
  let out = ''
  for (const word of words) {
    if (out !== '' && out.length + 1 + word.length > maxLength) break
    out += (out === '' ? '' : '-') + word
  }
  // Scripts that write without spaces make one long word; cut it between code points.
  return out.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')
}
