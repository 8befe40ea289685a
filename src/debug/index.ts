/** `rtc-elements/debug`: faults on purpose, for those who build an app. No other file of the package loads any of it. */
export { simulate } from './simulate.ts';
export type { Fault } from './faults.ts';
export type { SimulateOptions } from './simulate.ts';
