import ts from 'typescript';
import type { LitElement } from 'lit';
import * as components from '../../../components/index.ts';
import { readElements, readEvents } from '../element-docs.ts';
import { root } from '../root.mjs';
import type { ElementDoc } from '../element-docs.ts';
import type { AttributeInfo, ElementInfo, MethodInfo, Named, PropertyInfo } from './element-info.ts';

const ENTRY = `${root}/components/index.ts`;

/**
 * Every element of the package, by tag. Attributes are those that Lit has at run time, types those of the compiler, words those
 * of the comment over the class.
 * @throws Error for an attribute without a word about it, and for a word about what there is not
 */
export function describeElements(): ElementInfo[] {
  const config: unknown = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([ENTRY], { ...options, types: [] });
  const checker = program.getTypeChecker();
  /** The members of a global interface: `HTMLElementTagNameMap` knows the class of each tag. */
  const members = (name: string): ReadonlyMap<string, ts.Type> => {
    const symbol = checker.resolveName(name, program.getSourceFile(ENTRY), ts.SymbolFlags.Interface, false);
    const all = symbol ? checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)) : [];
    return new Map(all.map((member) => [member.name, checker.getTypeOfSymbol(member)]));
  };
  const [classes, events] = [members('HTMLElementTagNameMap'), members('HTMLElementEventMap')];
  return [...readElements().values()].map((doc) => describe(doc, found(classes, doc.tag), events, checker));
}

function describe(doc: ElementDoc, type: ts.Type, events: ReadonlyMap<string, ts.Type>, checker: ts.TypeChecker): ElementInfo {
  const aboutEvents = readEvents();
  const attributes = describeAttributes(doc, type, checker);
  return {
    tag: doc.tag, className: type.symbol.name, about: doc.about, attributes,
    properties: [
      ...attributes.map(({ name, about, property }) => ({ name: property, about, attribute: name })), ...said(doc, 'prop'),
    ].map((property): PropertyInfo => {
      const { text, isReadonly } = typeOf(property.name, type, checker);
      const { reflect = false } = classOf(type).elementProperties.get(property.name) ?? {};
      return { ...property, type: text, isReadonly, isReflected: reflect };
    }),
    methods: checker.getPropertiesOfType(type).flatMap((member) => describeMethod(member, checker)),
    events: said(doc, 'fires').map(({ name, about }) =>
      ({ name, about: about || (aboutEvents.get(name) ?? ''), type: found(events, name).symbol.name })),
    slots: said(doc, 'slot'), parts: said(doc, 'csspart'), states: said(doc, 'cssState'), cssProperties: said(doc, 'cssprop'),
    commands: said(doc, 'command'),
  };
}

function describeAttributes(doc: ElementDoc, type: ts.Type, checker: ts.TypeChecker): AttributeInfo[] {
  const element = classOf(type);
  const observed = new Set(element.observedAttributes);
  const byAttribute = new Map([...element.elementProperties].map(([property, { attribute }]) =>
    [typeof attribute === 'string' ? attribute : String(property).toLowerCase(), String(property)]));
  const attributes = said(doc, 'attr').map(({ name, about }): AttributeInfo => {
    if (!observed.delete(name)) throw new Error(`<${doc.tag}> has no attribute "${name}", or it is told of twice.`);
    const property = found(byAttribute, name);
    const next = doc.entries[doc.entries.findIndex((entry) => entry.kind === 'attr' && entry.name === name) + 1];
    return {
      name, about, property, values: literalsOf(typeOf(property, type, checker).type),
      isBoolean: element.elementProperties.get(property)?.type === Boolean,
      ...(next?.kind === 'default' && { default: `${next.name} ${next.about}`.trim() }),
    };
  });
  if (observed.size > 0) throw new Error(`<${doc.tag}>: nothing is said of ${[...observed].join(', ')}.`);
  return attributes;
}

/** Of ours, for the page: neither what overrides a base class, nor what the browser calls. */
function describeMethod(member: ts.Symbol, checker: ts.TypeChecker): MethodInfo[] {
  const declaration = member.valueDeclaration;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  if (!declaration || !ts.isMethodDeclaration(declaration) || declaration.getSourceFile().isDeclarationFile) return [];
  if (ts.getCombinedModifierFlags(declaration) & hidden || !ts.isIdentifier(declaration.name)) return [];
  const [signature] = checker.getTypeOfSymbol(member).getCallSignatures();
  if (!signature || member.name.endsWith('Callback')) return [];
  return [{
    name: member.name, about: ts.displayPartsToString(member.getDocumentationComment(checker)),
    returns: textOf(signature.getReturnType(), checker),
    parameters: signature.parameters.map((one) => ({ name: one.name, type: textOf(checker.getTypeOfSymbol(one), checker) })),
  }];
}

function said({ entries }: ElementDoc, wanted: string): Named[] {
  return entries.filter(({ kind }) => kind === wanted).map(({ name, about }) => ({ name, about }));
}

function classOf({ symbol }: ts.Type): typeof LitElement {
  return found(new Map(Object.entries(components)), symbol.name) as typeof LitElement;
}

function typeOf(name: string, owner: ts.Type, checker: ts.TypeChecker) {
  const symbol = owner.getProperty(name);
  if (!symbol) throw new Error(`${owner.symbol.name} has no property "${name}".`);
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  const isReadonly = Boolean(symbol.flags & ts.SymbolFlags.GetAccessor) && !(symbol.flags & ts.SymbolFlags.SetAccessor);
  return { type, text: textOf(type, checker), isReadonly };
}

function literalsOf(type: ts.Type): string[] {
  const members = type.isUnion() ? type.types : [type];
  return members.every((member) => member.isStringLiteral()) ? members.map(({ value }) => value).filter(Boolean) : [];
}

/** An alias is written out: who reads the manifest has not its module at hand. */
function textOf(type: ts.Type, checker: ts.TypeChecker): string {
  const { NoTruncation, InTypeAlias, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;
  return checker.typeToString(type, undefined, NoTruncation | InTypeAlias | UseSingleQuotesForStringLiteralType);
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const value = all.get(name);
  if (value === undefined) throw new Error(`There is no ${name}.`);
  return value;
}
