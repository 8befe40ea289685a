import type { AttributeInfo, ElementInfo, Named } from './element-info.ts';

/** HTML custom data for Visual Studio Code and what reads the same (version 1.1): `html.customData` in its settings. */
export function vscodeData(elements: readonly ElementInfo[]): object {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tag, description: { kind: 'markdown', value: markdownOf(element) },
      attributes: element.attributes.map(attributeOf),
    })),
  };
}

/** `v` is the editor's own set of values for what stands without any. */
function attributeOf({ name, about, isBoolean, values }: AttributeInfo): object {
  return {
    name, description: about, ...(isBoolean && { valueSet: 'v' }),
    ...(values.length > 0 && { values: values.map((value) => ({ name: value })) }),
  };
}

function markdownOf({ about, events, slots, parts, states }: ElementInfo): string {
  return [about, listOf('Events', events), listOf('Slots', slots), listOf('Parts', parts), listOf('States', states)]
    .filter(Boolean).join('\n\n');
}

function listOf(title: string, all: readonly Named[]): string {
  return all.length > 0 && `**${title}:** ${all.map(({ name }) => (name ? `\`${name}\`` : 'the default one')).join(', ')}` || '';
}
