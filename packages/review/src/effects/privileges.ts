// Effects on privileges of pods: settings by which a container can reach the machine, read from the unpacked user data.
import { isObject, type Json, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import { isList, type Resource } from '../template.ts';
import type { Effect } from './effect.ts';

type JsonObject = { readonly [key: string]: Json };

/** One effect for each launch template whose pod gains privileges; in a new stack, without a guard. */
export const privilegeEffects = (comparison: Comparison): readonly Effect[] =>
  changesOfType(comparison, 'AWS::EC2::LaunchTemplate').flatMap((change): readonly Effect[] => {
    const before = new Set(privilegesOf(userDataOf(change.before)));
    const gained = privilegesOf(userDataOf(change.after)).filter((each) => !before.has(each));
    if (gained.length === 0) return [];
    return [
      {
        verb: 'UPDATE',
        area: 'rights',
        object: objectOfChange(change),
        text: `gains privileges: ${listText(gained)}`,
        ids: [change.id],
        ...(!comparison.fresh && { guard: 'rights' as const }),
        changes: [],
      },
    ];
  });

function userDataOf(template: Resource | undefined): Json | undefined {
  const data = template?.Properties?.['LaunchTemplateData'];
  return isObject(data) ? data['UserData'] : undefined;
}

/** `containers[web] privileged`, `containers[web] capability SYS_ADMIN`, `hostIPC`, `sysctl net.ipv4.ip_forward=1`. */
function privilegesOf(userData: Json | undefined): readonly string[] {
  const pod = isObject(userData) && isObject(userData['pod']) ? userData['pod'] : undefined;
  if (!pod) return [];
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    listOf(pod[list])
      .filter((each) => isObject(each))
      .flatMap((container) => containerPrivileges(container, `${list}[${String(container['name'])}]`)),
  );
  const flags = ['hostIPC', 'hostPID', 'hostNetwork', 'shareProcessNamespace'].filter((name) => pod[name] === true);
  const sysctls = listOf(pod['sysctls']).map((each) =>
    isObject(each) ? `sysctl ${String(each['name'])}=${String(each['value'])}` : 'sysctl',
  );
  return [...containers, ...flags, ...sysctls];
}

function containerPrivileges(container: JsonObject, name: string): readonly string[] {
  const security = isObject(container['security']) ? container['security'] : {};
  return [
    ...(security['privileged'] === true ? [`${name} privileged`] : []),
    ...listOf(security['addCapabilities']).map((each) => `${name} capability ${String(each)}`),
    ...(security['seccomp'] === 'Unconfined' ? [`${name} without seccomp`] : []),
  ];
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
