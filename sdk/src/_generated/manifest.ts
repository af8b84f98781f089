// Generated from sdk/operations by `npm run generate`. Do not edit.

/** Names the documents of this version to the server. */
export const MANIFEST = 'xGeH5-ck3bmEf53_'
