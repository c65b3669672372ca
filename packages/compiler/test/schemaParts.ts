// What a JSON schema consists of, and what of it a value uses: so that a test can say which fields no vector has.

export interface Definition {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly oneOf?: readonly Definition[];
  readonly items?: Definition;
  readonly $ref?: string;
}
export type Definitions = Readonly<Record<string, Definition>>;

/** Every field and every choice of every definition: `Container.image`, `Env.0.value`, `Dns.policy=None`. */
export function schemaPartsOf(definitions: Definitions): readonly string[] {
  return Object.entries(definitions).flatMap(([name, definition]) => parts(name, definition));
}

function parts(name: string, definition: Definition): readonly string[] {
  return [
    ...(definition.enum ?? []).map((value) => `${name}=${value}`),
    ...Object.entries(definition.properties ?? {}).flatMap(([key, inner]) => [
      `${name}.${key}`,
      ...parts(`${name}.${key}`, inner),
    ]),
    ...(definition.properties
      ? []
      : (definition.oneOf ?? []).flatMap((inner, index) => parts(`${name}.${index}`, inner))),
  ];
}

/** Those of them that a valid value uses. */
export function usedBy(value: unknown, name: string, definitions: Definitions): readonly string[] {
  return used(name, { $ref: `#/$defs/${name}` }, value, definitions);
}

function used(name: string, definition: Definition, value: unknown, definitions: Definitions): readonly string[] {
  const target = definition.$ref?.replace('#/$defs/', '');
  if (target !== undefined) return used(target, definitions[target] ?? {}, value, definitions);
  const { items, properties, oneOf = [] } = definition;
  if (items) return (value as readonly unknown[]).flatMap((item) => used(name, items, item, definitions));
  if (properties) {
    return Object.entries(value as object).flatMap(([key, inner]: [string, unknown]) => [
      `${name}.${key}`,
      ...used(`${name}.${key}`, properties[key] ?? {}, inner, definitions),
    ]);
  }
  const choices = oneOf.flatMap((inner, index) =>
    fits(inner, value, definitions) ? used(`${name}.${index}`, inner, value, definitions) : [],
  );
  return definition.enum ? [`${name}=${String(value)}`] : choices;
}

/** Of the choices of a valid value, the one that knows all of its fields is meant. */
function fits({ $ref, ...inner }: Definition, value: unknown, definitions: Definitions): boolean {
  const { properties = {} } = $ref === undefined ? inner : (definitions[$ref.replace('#/$defs/', '')] ?? {});
  return Object.keys(value as object).every((key) => Object.hasOwn(properties, key));
}
