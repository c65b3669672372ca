// Which Kubernetes object a resource comes from: the runner reads it from the template.
export { type ResourceOrigins, resourceOriginsIn } from '@i2kit/runner';

interface GroupResource {
  readonly Type?: unknown;
  readonly Properties?: { readonly DesiredCapacity?: unknown };
}

/** How many machines each group of a template wants, by logical id. Empty for a template that is not ours. */
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
