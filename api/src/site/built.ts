/** What whoever builds the site and whoever serves it agree upon. */

/** What a site is built with where nobody says its address: a name that cannot exist. Whoever serves it puts the real one in its place. */
export const PLACEHOLDER = 'https://site.invalid'
/** Written last when a build is whole, and changed by the next one. */
export const BUILT = '.built'
