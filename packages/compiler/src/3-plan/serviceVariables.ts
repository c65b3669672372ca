// Environment variables that tell containers about Services of their namespace, with DNS names as addresses.
//
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables; Docker link variables
// (`WEB_PORT_80_TCP_ADDR`) are not created.
import { compareEntries } from '@i2kit/common';
import { isExternalName, isHeadless } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';

type Variables = Readonly<Record<string, string>>;

/** By namespace. Headless and ExternalName Services have no variables. */
export function serviceVariables(manifests: Manifests): Readonly<Record<string, Variables>> {
  const found = new Map<string, [string, string][]>();
  for (const service of manifests.of('Service')) {
    const { namespace } = service.ref;
    const variables = isHeadless(service.object) || isExternalName(service.object) ? [] : variablesOf(service);
    if (variables.length > 0) found.set(namespace, [...(found.get(namespace) ?? []), ...variables]);
  }
  const sorted = (variables: readonly [string, string][]) => Object.fromEntries([...variables].sort(compareEntries));
  return Object.fromEntries(
    [...found].sort(compareEntries).map(([namespace, variables]) => [namespace, sorted(variables)]),
  );
}

function variablesOf({ ref: { namespace, name }, object }: Manifest<'Service'>): [string, string][] {
  const ports = object.spec.ports ?? [];
  const [first] = ports;
  if (first === undefined) return [];
  const prefix = `${variablePrefix(name)}_SERVICE`;
  return [
    [`${prefix}_HOST`, `${name}.${namespace}.svc.cluster.local`],
    [`${prefix}_PORT`, String(first.port)],
    ...ports.flatMap((port): [string, string][] =>
      port.name ? [[`${prefix}_PORT_${variablePrefix(port.name)}`, String(port.port)]] : [],
    ),
  ];
}

const variablePrefix = (name: string) => name.replaceAll('-', '_').toUpperCase();
