// What a template says of names in a zone of another account, and what its stack's outputs say that they are aliases of.
import type { Aliases } from './plan.ts';

export interface ForeignNames {
  readonly zone: ForeignZone;
  /** Name of an output, and the name that is an alias of what it says. */
  readonly aliases: Readonly<Record<string, string>>;
}

export interface ForeignZone {
  readonly name: string;
  readonly id?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly profile?: string;
}

/** Undefined where the template has no such names, or is not ours. */
export function namesIn(template: string): ForeignNames | undefined {
  try {
    const found = (JSON.parse(template) as { Metadata?: Record<string, unknown> } | null)?.Metadata?.['i2kit:names'] as
      | Partial<ForeignNames>
      | undefined;
    return found?.zone?.name !== undefined && found.aliases !== undefined ? { zone: found.zone, aliases: found.aliases } : undefined;
  } catch {
    return undefined;
  }
}

/** The aliases of a stack that is there; an output that is missing gives none. */
export const aliasesOf = ({ aliases }: ForeignNames, outputs: Readonly<Record<string, string>>): Aliases =>
  Object.fromEntries(
    Object.entries(aliases).flatMap(([output, name]) => {
      const [dnsName, hostedZone] = (outputs[output] ?? '').split(' ');
      return dnsName && hostedZone ? [[name, { dnsName, hostedZone }]] : [];
    }),
  );
