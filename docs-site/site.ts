/** Where the site is published, as long as nobody has said so: whoever serves it puts the real address in its place. */
export const SITE_PLACEHOLDER = 'https://site.invalid'
