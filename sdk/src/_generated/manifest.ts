// Generated from sdk/operations by `npm run generate`. Do not edit.

/** Names the documents of this version to the server. */
export const MANIFEST = 'MQbOWl-UtEn6ZPd8'
