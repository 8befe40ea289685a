interface Context { readonly from: string; readonly args: readonly unknown[] }

/**
 * What each of so many listeners is called with: where there are several, a copy of its own, so that what one of them changes
 * is not what the next one hears.
 */
export function ownCopies(from: string, args: readonly unknown[]): (listeners: number) => [payload: unknown, context: Context] {
  return (listeners) => {
    const own = listeners > 1 ? copyOf(args) : args;
    return [own[0], { from, args: own }];
  };
}

function copyOf(args: readonly unknown[]): readonly unknown[] {
  try {
    return structuredClone(args);
  } catch {
    return args; // What a schema of the app made of it, functions and all, is the app's to share.
  }
}
