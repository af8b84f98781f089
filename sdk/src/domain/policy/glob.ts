/**
 * Whether a text is like a pattern in which `*` stands for anything, also for nothing. Linear but for restarts at the last `*`:
 * conditions come from people who may mean harm, so that there are no regular expressions in them.
 */
export function isLike(text: string, pattern: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  for (let i = 0; i < text.length;) {
    if (pattern[at] === '*') {
      star = at++
      resume = i
    } else if (pattern[at] === text[i]) {
      at++
      i++
    } else if (star >= 0) {
      at = star + 1
      i = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
