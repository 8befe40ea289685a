/**
 * For what is sent: the address behind a TURN candidate. ICE has no use for it (RFC 8839 5.1), and Firefox 153 names one's own
 * there also where only TURN is allowed. (Chromium writes what stands here.)
 */
export const hideAddress = (text: string): string => text.replace(/(typ relay raddr) \S+ rport \d+/g, '$1 0.0.0.0 rport 0');
