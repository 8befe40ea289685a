/**
 * Whether a key belongs to a word being composed (input methods). Safari ends the composition before the key that ended it, which
 * then still carries 229 (UI Events, Legacy Key Attributes).
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || (event as { readonly keyCode: number }).keyCode === 229;
}
