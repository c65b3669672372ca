// Reads the names in a zone of another account from a template's metadata, and their alias targets from the stack's
// outputs.
import type { AliasTargets } from './plan.ts';

export interface CrossAccountNames {
  readonly zone: CrossAccountZone;
  /** An output's name, and the DNS name that is an alias of the output's value. */
  readonly aliases: Readonly<Record<string, string>>;
}

export interface CrossAccountZone {
  readonly name: string;
  readonly id?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly profile?: string;
}

/** Undefined if the template has no such names, or was not made by i2kit. */
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

/** The aliases of an existing stack; a missing output gives none. */
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
