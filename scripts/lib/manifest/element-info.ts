/** All that is public of one element. */
export interface ElementInfo {
  readonly tag: string;
  readonly className: string;
  readonly about: string;
  readonly attributes: readonly AttributeInfo[];
  readonly properties: readonly PropertyInfo[];
  readonly methods: readonly MethodInfo[];
  readonly events: readonly (Named & { readonly type: string })[];
  readonly slots: readonly Named[];
  readonly parts: readonly Named[];
  readonly states: readonly Named[];
  readonly cssProperties: readonly Named[];
  /** Invoker commands. */
  readonly commands: readonly Named[];
}

export interface Named {
  /** Empty for the default slot. */
  readonly name: string;
  /** A sentence, or nothing. */
  readonly about: string;
}

export interface AttributeInfo extends Named {
  readonly property: string;
  readonly isBoolean: boolean;
  readonly default?: string;
  /** Where only these are understood. */
  readonly values: readonly string[];
}

export interface PropertyInfo extends Named {
  readonly type: string;
  readonly attribute?: string;
  readonly isReflected: boolean;
  readonly isReadonly: boolean;
}

export interface MethodInfo extends Named {
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
}
