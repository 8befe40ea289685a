import { file, type Setting } from './setting.ts';

/** A setting with its names. */
export interface Leaf {
  /** Path in the file and in the options: `limits.joinMs`. */
  readonly key: string;
  /** Without dashes; a secret has none. */
  readonly flag: string | undefined;
  readonly env: string;
  readonly setting: Setting;
  /** The key of the secret that the file named by this one holds. */
  readonly holds?: string;
}

export interface Tree { readonly [name: string]: Setting | Tree }

/** Every setting, in the order of the table; behind each secret the name of a file that may hold it. */
export function leavesOf(tree: Tree, path: readonly string[] = []): Leaf[] {
  return Object.entries(tree).flatMap(([name, node]) => {
    const here = [...path, name];
    if (!isSetting(node)) return leavesOf(node, here);
    const leaf = { key: here.join('.'), env: node.env ?? dashed(here).toUpperCase().replaceAll('-', '_'), setting: node };
    if (!node.secret) return [{ ...leaf, flag: node.flag ?? dashed(here) }];
    const own = { ...leaf, flag: undefined };
    return `${name}File` in tree ? [own] : [own, fileOf(own, node.flag ?? dashed(here))];
  });
}

function fileOf({ key, env }: Leaf, flag: string): Leaf {
  const setting = file({ about: `file that holds \`${key}\``, example: `/run/secrets/${flag}`, defaultText: 'none' });
  return { key: `${key}File`, flag: `${flag}-file`, env: `${env}_FILE`, setting, holds: key };
}

function isSetting(node: Setting | Tree): node is Setting {
  return 'schema' in node;
}

/** ['limits', 'joinMs'] -> limits-join-ms */
function dashed(path: readonly string[]): string {
  return path.join('-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
