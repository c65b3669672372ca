// What a template says of names in a zone of another account, and what its stack's outputs say that they are aliases of.
import type { AliasTargets } from './plan.ts';

export interface CrossAccountNames {
  readonly zone: CrossAccountZone;
  /** Name of an output, and the name that is an alias of what it says. */
  readonly aliases: Readonly<Record<string, string>>;
}

export interface CrossAccountZone {
  readonly name: string;
  readonly id?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly profile?: string;
}

/** Undefined where the template has no such names, or is not ours. */
export function crossAccountNamesIn(template: string): CrossAccountNames | undefined {
  try {
    const found = (JSON.parse(template) as { Metadata?: Record<string, unknown> } | null)?.Metadata?.['i2kit:names'] as
      | Partial<CrossAccountNames>
      | undefined;
    return found?.zone?.name !== undefined && found.aliases !== undefined
      ? { zone: found.zone, aliases: found.aliases }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The aliases of a stack that is there; an output that is missing gives none. */
export const aliasTargetsOf = (
  { aliases }: CrossAccountNames,
  outputs: Readonly<Record<string, string>>,
): AliasTargets =>
  Object.fromEntries(
    Object.entries(aliases).flatMap(([output, name]) => {
      const [dnsName, hostedZone] = (outputs[output] ?? '').split(' ');
      return dnsName && hostedZone ? [[name, { dnsName, hostedZone }]] : [];
    }),
  );
