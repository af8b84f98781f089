/** Gives the person a file that was made here. */
export function saveFile(name: string, parts: readonly BlobPart[], type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // the download has begun with the click; the address is of no more use once it was read
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
