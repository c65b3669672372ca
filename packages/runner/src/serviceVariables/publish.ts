// Publishes a namespace's service variables: one parameter that machines read, composed of one section per app.
//
// The agent reads `/i2kit/<env>/services/<namespace>`; `/i2kit/<env>/services/<namespace>/<app>` is an app's section
// of it. An app writes only its own sections; the whole is always composed of all existing sections.
import { compareEntries, compareText, sortedRecord } from '@i2kit/common';
import type { ParametersPort } from '../ports/parameters.ts';

export interface DesiredVariables {
  readonly env: string;
  readonly app: string;
  /** By namespace; in a missing namespace the app has no Services (any more). */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ParameterChanges {
  /** Values by name: sections first, then the parameters composed from them. */
  readonly put: readonly (readonly [name: string, value: string])[];
  readonly remove: readonly string[];
}

/** Bytes of an advanced parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const maxParameterBytes = 8_192;

export const serviceVariablesPath = (env: string): string => `/i2kit/${env}/services`;

/**
 * The writes that are still necessary. Namespaces in which the app has, and had, nothing are not touched;
 * `namespaces` are those written before.
 */
export function parameterChangesFor(
  there: Readonly<Record<string, string>>,
  { env, app, variables }: DesiredVariables,
  namespaces: Set<string> = new Set(),
): ParameterChanges {
  const root = serviceVariablesPath(env);
  const wanted = new Map<string, string>();
  const unwanted = new Set<string>();
  for (const namespace of Object.keys(variables)) namespaces.add(namespace);
  for (const name of Object.keys(there)) {
    const [namespace = '', owner] = name.slice(root.length + 1).split('/');
    if (owner !== app) continue;
    namespaces.add(namespace);
    if (!Object.hasOwn(variables, namespace)) unwanted.add(name);
  }
  for (const namespace of [...namespaces].sort()) {
    const whole = `${root}/${namespace}`;
    const own = variables[namespace];
    if (own) wanted.set(`${whole}/${app}`, variablesText(own));
    const parts = Object.entries({ ...there, ...Object.fromEntries(wanted) }).filter(
      ([name]) => name.startsWith(`${whole}/`) && !unwanted.has(name),
    );
    if (parts.length > 0) wanted.set(whole, mergedVariablesText(parts));
    else if (Object.hasOwn(there, whole)) unwanted.add(whole);
  }
  // A section is written before the whole that contains it.
  const byDepth = [...wanted].sort(([a], [b]) => pathDepth(b) - pathDepth(a) || compareText(a, b));
  return { put: byDepth.filter(([name, value]) => there[name] !== value), remove: [...unwanted].sort() };
}

/**
 * Writes, and reads again until all values are as desired. An app that composed the whole from outdated sections
 * notices at its next read, so the final value contains all sections. False if other apps never stopped writing.
 */
export async function publishVariables(port: ParametersPort, wanted: DesiredVariables): Promise<boolean> {
  const namespaces = new Set<string>();
  for (let tries = 0; tries < 10; tries++) {
    const { put, remove } = parameterChangesFor(
      await port.listBelow(serviceVariablesPath(wanted.env)),
      wanted,
      namespaces,
    );
    if (put.length === 0 && remove.length === 0) return true;
    if (remove.length > 0) await port.remove(remove);
    for (const [name, value] of put) await port.put(name, value);
  }
  return false;
}

/** An app's own sections as they are now, by namespace. */
export async function readServiceVariables(
  port: ParametersPort,
  env: string,
  app: string,
): Promise<DesiredVariables['variables']> {
  const root = serviceVariablesPath(env);
  const own = Object.entries(await port.listBelow(root)).flatMap(([name, value]) => {
    const [namespace = '', owner] = name.slice(root.length + 1).split('/');
    return owner === app ? [[namespace, variablesIn(value)] as const] : [];
  });
  return Object.fromEntries(own) as DesiredVariables['variables'];
}

const pathDepth = (name: string) => name.split('/').length;

const variablesText = (variables: Readonly<Record<string, string>>): string => JSON.stringify(sortedRecord(variables));

/** Sorted by app name; if two apps set the same name, the later one wins. */
function mergedVariablesText(parts: readonly (readonly [string, string])[]): string {
  const sorted = [...parts].sort(compareEntries);
  return variablesText(Object.assign({}, ...sorted.map(([, value]) => variablesIn(value))));
}

/** A section that is not JSON was not written by i2kit, and is skipped. */
function variablesIn(value: string): object {
  try {
    const found: unknown = JSON.parse(value);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
