const MAX_BYTES = 255;
/** Names of devices, with or without an extension (Windows: Naming Files, Paths, and Namespaces). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?: *(?:\.|$))/i;
/** Controls, what orders text anew, is invisible or has no agreed meaning, halves of characters. Persian needs the joiners. */
const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0]/gu;
const LONGEST_EXTENSION = 32;

/**
 * The name under which a file of somebody else's may be shown and saved on any system: no path, nothing invisible, nothing
 * that means something to a file system, 1 to 255 bytes of UTF-8. What stands behind the last dot stays.
 */
export function cleanFileName(name: string): string {
  // A second time, because a cut may bare what was not at an end before.
  return tidy(shorten(tidy(name)));
}

function tidy(name: string): string {
  const plain = (name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '').replace(UNSEEN, ' ').normalize('NFC')
    .replace(/[<>:"|?*/\\\u2044\u2215\u29F5\uFF0F\uFF3C]/g, '_').replace(/\s+/g, ' ')
    // Dots in front hide a file, those at the end Windows takes away, and with them it changes the extension.
    .replace(/^[ .]+|[ .]+$/g, '');
  if (plain === '') return 'file';
  return DEVICE.test(plain) ? `_${plain}` : plain;
}

function shorten(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  const stem = Array.from(name.slice(0, name.length - extension.length));
  // One more is kept free for the mark of a device name that the cut makes.
  const room = MAX_BYTES - 1 - bytesOf(extension);
  let used = 0;
  const kept = stem.findIndex((character) => (used += bytesOf(character)) > room);
  return (kept < 0 ? stem : stem.slice(0, kept)).join('') + extension;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
