import type { AttributeInfo, ElementInfo, Named, PropertyInfo } from './element-info.ts';

/** Where the build puts modules; the manifest names files as they are in the package. */
const LIB = 'dist/lib/components';

/** `custom-elements.json` (Custom Elements Manifest, schema 2.1.0). `commands` is ours: the schema has no word for them yet. */
export function customElementsManifest(elements: readonly ElementInfo[]): object {
  return { schemaVersion: '2.1.0', readme: '', modules: elements.flatMap(modulesOf) };
}

function modulesOf(element: ElementInfo): object[] {
  const { tag, className } = element;
  const module = `${LIB}/${tag}/${tag}.js`;
  const declaration = { name: className, module };
  return [
    {
      kind: 'javascript-module', path: module, declarations: [classOf(element)],
      exports: [{ kind: 'js', name: className, declaration }],
    },
    {
      kind: 'javascript-module', path: `${LIB}/define/${tag}.js`, declarations: [],
      exports: [{ kind: 'custom-element-definition', name: tag, declaration }],
    },
  ];
}

function classOf(element: ElementInfo): object {
  const { tag, className, about, methods, events, slots, parts, states, cssProperties, commands } = element;
  return {
    kind: 'class', customElement: true, name: className, tagName: tag, description: about,
    superclass: { name: 'LitElement', package: 'lit' },
    attributes: element.attributes.map((attribute) => attributeOf(attribute, element)),
    members: [
      ...element.properties.map(fieldOf),
      ...methods.map((method) => ({
        kind: 'method', ...withDescription(method), return: { type: { text: method.returns } },
        parameters: method.parameters.map(({ name, type }) => ({ name, type: { text: type } })),
      })),
    ],
    events: events.map((event) => ({ ...withDescription(event), type: { text: event.type } })),
    slots: slots.map(withDescription), cssParts: parts.map(withDescription), cssStates: states.map(withDescription),
    cssProperties: cssProperties.map(withDescription), commands: commands.map(withDescription),
  };
}

/** Of a property that takes more than its attribute can say, the attribute is text. */
function attributeOf(attribute: AttributeInfo, { properties }: ElementInfo): object {
  const { property, isBoolean, values, default: unset } = attribute;
  const type = isBoolean || values.length > 0 ? properties.find(({ name }) => name === property)?.type : undefined;
  return {
    ...withDescription(attribute), fieldName: property, type: { text: type ?? 'string' },
    ...(unset !== undefined && { default: unset }),
  };
}

function fieldOf(property: PropertyInfo): object {
  const { type, attribute, isReflected, isReadonly } = property;
  return {
    kind: 'field', ...withDescription(property), type: { text: type }, privacy: 'public',
    ...(attribute && { attribute }), ...(isReflected && { reflects: true }), ...(isReadonly && { readonly: true }),
  };
}

function withDescription({ name, about }: Named): object {
  return { name, ...(about && { description: about }) };
}
