// Maps resources to the Kubernetes objects that they come from, as the template's metadata says.
export { type ResourceOrigins, resourceOriginsIn } from '@i2kit/runner';

interface GroupResource {
  readonly Type?: unknown;
  readonly Properties?: { readonly DesiredCapacity?: unknown };
}

/** The desired number of machines of each group of a template, by logical id. Empty for a template of another tool. */
export function desiredMachines(template: string): Readonly<Record<string, number>> {
  try {
    const { Resources = {} } = JSON.parse(template) as { Resources?: Readonly<Record<string, GroupResource>> };
    return Object.fromEntries(
      Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
        const wanted = Number(Properties?.DesiredCapacity);
        return Type === 'AWS::AutoScaling::AutoScalingGroup' && wanted > 0 ? [[id, wanted]] : [];
      }),
    );
  } catch {
    return {};
  }
}
