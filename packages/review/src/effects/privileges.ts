// Effects on privileges of pods: settings by which a container can reach the machine, read from the unpacked user data.
import { isObject, type Json, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { machineTypes, settingsOf } from '../machineSettings.ts';
import { isList, type Resource } from '../template.ts';
import type { Effect } from './effect.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * One effect for each launch template or machine whose pod gains privileges, in addition to the effects of the machines themselves; in
 * a new stack, without a guard.
 */
export const privilegeEffects = (comparison: Comparison): readonly Effect[] =>
  changesOfType(comparison, ...machineTypes).flatMap((change): readonly Effect[] => {
    const [before, after] = [documentOf(change.before ?? formerMachine(comparison, change)), documentOf(change.after)];
    const had = new Set(privilegesOf(before));
    const gained = [...privilegesOf(after).filter((each) => !had.has(each)), ...lostRestrictions(before, after)];
    if (gained.length === 0) return [];
    return [
      {
        verb: 'UPDATE',
        area: 'rights',
        object: objectOfChange(change),
        text: `gains privileges: ${listText([...new Set(gained)])}`,
        ids: [change.id],
        ...(!comparison.fresh && { guard: 'rights' as const }),
        changes: [],
      },
    ];
  });

/** A Job that changes runs on another machine: the former one is removed. */
const formerMachine = (comparison: Comparison, { type, ...change }: ResourceChange): Resource | undefined =>
  changesOfType(comparison, type).find(
    (other) => other.action === 'remove' && objectOfChange(other) === objectOfChange({ type, ...change }),
  )?.before;

function documentOf(resource: Resource | undefined): JsonObject {
  const data = settingsOf(resource)?.['UserData'];
  return isObject(data) ? data : {};
}

const podOf = (document: JsonObject): JsonObject => (isObject(document['pod']) ? document['pod'] : {});

/** `containers[web] privileged`, `containers[web] capability SYS_ADMIN`, `hostIPC`, `sysctl net.ipv4.ip_forward=1`. */
function privilegesOf(document: JsonObject): readonly string[] {
  const pod = podOf(document);
  const containers = [...containersOf(pod)].flatMap(([name, container]) => containerPrivileges(container, name));
  const flags = ['hostIPC', 'hostPID', 'hostNetwork', 'shareProcessNamespace'].filter((name) => pod[name] === true);
  const sysctls = listOf(pod['sysctls']).map((each) =>
    isObject(each) ? `sysctl ${String(each['name'])}=${String(each['value'])}` : 'sysctl',
  );
  // The agent sends its signed requests there.
  const endpoint = typeof document['endpoint'] === 'string' ? [`AWS endpoint ${document['endpoint']}`] : [];
  return [...containers, ...flags, ...sysctls, ...endpoint];
}

function containersOf(pod: JsonObject): ReadonlyMap<string, JsonObject> {
  return new Map(
    ['initContainers', 'containers'].flatMap((list) =>
      listOf(pod[list])
        .filter((each) => isObject(each))
        .map((container) => [`${list}[${String(container['name'])}]`, container] as const),
    ),
  );
}

const securityOf = (container: JsonObject): JsonObject =>
  isObject(container['security']) ? container['security'] : {};

function containerPrivileges(container: JsonObject, name: string): readonly string[] {
  const security = securityOf(container);
  return [
    ...(security['privileged'] === true ? [`${name} privileged`] : []),
    ...listOf(security['addCapabilities']).map((each) => `${name} capability ${String(each)}`),
    ...(security['seccomp'] === 'Unconfined' ? [`${name} without seccomp`] : []),
    ...listOf(container['mounts']).flatMap((each) =>
      isObject(each) && each['propagation'] === 'Bidirectional'
        ? [`${name} mounts that reach the machine at ${String(each['path'])}`]
        : [],
    ),
    ...listOf(container['devices']).map((each) => `${name} device ${String(isObject(each) ? each['path'] : each)}`),
  ];
}

/** Restrictions of existing containers. A new one is not less restricted than others without a security context. */
const lostRestrictions = (before: JsonObject, after: JsonObject): readonly string[] => {
  const known = containersOf(podOf(before));
  return [...containersOf(podOf(after))].flatMap(([name, container]) => {
    const former = known.get(name);
    if (!former) return [];
    const [had, has] = [securityOf(former), securityOf(container)];
    const dropped = listOf(has['dropCapabilities']);
    return [
      ...(had['nonRoot'] === true && has['nonRoot'] !== true ? [`${name} may run as root`] : []),
      ...(isOtherUser(had['user']) && !isOtherUser(has['user']) ? [`${name} runs as the image's user or root`] : []),
      ...(had['allowPrivilegeEscalation'] === false && has['allowPrivilegeEscalation'] !== false
        ? [`${name} privilege escalation`]
        : []),
      ...listOf(had['dropCapabilities'])
        .filter((each) => !dropped.includes(each) && !dropped.includes('ALL'))
        .map((each) => `${name} capability ${String(each)}, no longer dropped`),
    ];
  });
};

const isOtherUser = (user: Json | undefined): boolean => user !== undefined && user !== 0;

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
