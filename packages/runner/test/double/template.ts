// Templates that tell the double how to act on them.

export type Failing = 'create' | 'update' | 'rollback' | 'delete';

export interface Part {
  readonly type: string;
  /** Changed: the resource is replaced. */
  readonly identity?: string;
  /** Changed: it is updated in place. */
  readonly setting?: string;
  readonly policy?: 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate';
  readonly fails?: readonly Failing[];
  /** The reason of its failure. */
  readonly why?: string;
  /** Milliseconds of each step (default: 4,000). */
  readonly ms?: number;
}

export type Parts = Readonly<Record<string, Part>>;

/** A JSON template; `partsOf` reads `parts` back. */
export const templateOf = (parts: Parts): string =>
  JSON.stringify(
    {
      Resources: Object.fromEntries(
        Object.entries(parts).map(([id, { type, policy, ...rest }]) => [
          id,
          { Type: type, ...(policy ? { DeletionPolicy: policy, UpdateReplacePolicy: policy } : {}), Properties: rest },
        ]),
      ),
    },
    null,
    1,
  );

export function partsOf(template: string): Parts {
  const parsed = JSON.parse(template) as {
    Resources: Record<
      string,
      { Type: string; DeletionPolicy?: Part['policy']; Properties: Omit<Part, 'type' | 'policy'> }
    >;
  };
  return Object.fromEntries(
    Object.entries(parsed.Resources).map(([id, each]) => [
      id,
      { type: each.Type, ...(each.DeletionPolicy ? { policy: each.DeletionPolicy } : {}), ...each.Properties },
    ]),
  );
}
