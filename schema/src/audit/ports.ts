/** Where exports of the audit log go. */
export interface ObjectStore {
  /** Writes an object in one step: readers see all of it or nothing. Rejects when it could not; then nothing is left behind. */
  put(key: string, pieces: AsyncIterable<string>): Promise<void>
}
