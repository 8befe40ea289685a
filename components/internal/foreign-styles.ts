import type { CSSResultOrNative } from 'lit';

/**
 * A sheet that was made in one document applies in no other (CSSOM, `adoptedStyleSheets`). In another window, such as that of a
 * picture-in-picture, a shadow has the same rules in sheets that were made there.
 */
export function adoptForeign(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { defaultView } = root.ownerDocument;
  if (!defaultView) return;
  root.adoptedStyleSheets = styles.flatMap((style) => {
    if (style instanceof CSSStyleSheet) return [];
    const sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    return [sheet];
  });
}
