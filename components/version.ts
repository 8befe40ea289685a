/** That of package.json, which a page cannot read. */
export const VERSION = '0.1.0';
