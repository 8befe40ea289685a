/** What an app says of its events, beforehand. Types only. */
import type { Rate } from './token-bucket.ts';

/**
 * A schema of any library that follows Standard Schema v1 (zod, valibot, arktype …): the part of
 * https://standardschema.dev that is used here.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

export interface EventRule {
  /** What the first argument, or the payload of a request, has to be. Listeners get what the schema makes of it. */
  readonly schema?: StandardSchema;
  /** Of one participant's events, or requests, of this name. */
  readonly rate?: Rate;
}

/** By the event's name. */
export type EventRules = Readonly<Record<string, EventRule>>;

/** Event name -> what listeners get. */
export type EventsOf<Rules extends EventRules> = {
  [E in keyof Rules]: Rules[E] extends { readonly schema: StandardSchema<infer _, infer Output> } ? Output : unknown;
};

/** Event name -> what is sent; it differs from what listeners get where the schema makes something else of it. */
export type SentOf<Rules extends EventRules> = {
  [E in keyof Rules]: Rules[E] extends { readonly schema: StandardSchema<infer Input, infer _> } ? Input : unknown;
};
