/** @returns whether it is in the clipboard; a browser may refuse, and has none where the page is not secure. */
export async function copyText(text: string): Promise<boolean> {
  const { clipboard } = navigator as { readonly clipboard?: Clipboard };
  try {
    await clipboard?.writeText(text);
    return clipboard !== undefined;
  } catch {
    return false; // NotAllowedError (Clipboard API 7.4): the element offers another way.
  }
}
