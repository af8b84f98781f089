// Generated from sdk/operations by `npm run generate`. Do not edit.

/** Names the documents of this version to the server. */
export const MANIFEST = 'TtX__VfP_AwrcScT'
