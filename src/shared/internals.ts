/** The way into a part, for `rtc-elements/debug` alone: what stands behind it may change any day. */
export const INTERNALS: unique symbol = Symbol.for('rtc-elements.internals');
