// Generated from sdk/operations by `npm run generate`. Do not edit.

/** Names the documents of this version to the server. */
export const MANIFEST = 'Y416m-5p17hf2lt4'
