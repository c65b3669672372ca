// User data: our references, filled in by CloudFormation, joined with the payload that the machine's agent reads.
//
// What the user wrote is in the payload alone, compressed and in base64: nothing of it can become template code.
import { base64 } from '@scure/base';
import { gzipSync, strToU8 } from 'fflate';
import { digest } from '../../digest.ts';
import type { Payload } from '../../generated/agent-v1.ts';
import type { HeadlessName, MachineGroup } from '../../plan.ts';
import type { Asset } from '../../stack.ts';
import { base64 as fnBase64, type Intrinsic, join, ref, type Value } from '../../template.ts';
import type { Target } from './concern.ts';
import { handover } from './handover.ts';
import * as ids from './ids.ts';
import { drainHook, keptNames, privateName } from './wiring.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html: bytes before base64. */
const mostBytes = 16_384;
/** What a reference may become: a stack's ARN is the longest, with names of 128 characters. */
const longestReference = 260;

/** Names of the namespace's Services, as variables, come from one SSM parameter: in user data each new Service would roll every machine. */
export const serviceVariables = (group: MachineGroup): boolean => group.pod.enableServiceLinks !== false;

/** Whether the agent has to publish what the group is scaled by. */
export const byMemory = (scaling: MachineGroup['scaling']): boolean => scaling?.metrics.some((metric) => metric.of === 'memory') === true;

/** The document as the parts of an `Fn::Join`, and the object that it points to where the payload does not fit into it. */
interface Made {
  readonly parts: readonly Value<string>[];
  readonly asset?: Asset;
}

/** Several concerns ask for it; compressing is the dearest thing that is done for a group. */
const known = new WeakMap<MachineGroup, Uint8Array>();

function packed(group: MachineGroup): Uint8Array {
  const bytes = known.get(group) ?? pack(group);
  known.set(group, bytes);
  return bytes;
}

/** @param id the resource that the machine signals for */
function make(target: Target, group: MachineGroup, id: string): Made {
  const bytes = packed(group);
  const inline = parts(target, group, id, base64.encode(bytes));
  // Another id is another length, and whether there is an asset must not depend on it.
  if (size(inline) - id.length + longestId <= mostBytes) return { parts: inline };
  const sha256 = digest(bytes);
  const key = `i2kit/${target.options.env}/payloads/${sha256}`;
  return { parts: parts(target, group, id, { bucket: ref(ids.shared.bucket), key, sha256 }), asset: { key, sha256, bytes } };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const longestId = 255;

/** The payload as bytes: JSON, gzip without a time. */
function pack({ pod, rollout, scaling, task }: MachineGroup): Uint8Array {
  const { minReadySeconds, deadlineSeconds } = rollout;
  const payload: Payload = {
    pod,
    rollout: { minReadySeconds, deadlineSeconds },
    ...(task === undefined ? {} : { job: { backoffLimit: task.retries } }),
    ...(byMemory(scaling) ? { memoryMetric: true } : {}),
  };
  return gzipSync(strToU8(JSON.stringify(payload)), { level: 9, mtime: 0 });
}

/** `Fn::Base64` of the document `agent/v1` (contract/agent-v1.schema.json, `Document`). */
export const userData = (target: Target, group: MachineGroup, id = ids.group.group(group)): Intrinsic =>
  fnBase64(join('', make(target, group, id).parts));

/** What has to be in the environment's bucket, where the payload is too large for user data. */
export const assetOf = (target: Target, group: MachineGroup): Asset | undefined => make(target, group, ids.group.group(group)).asset;

export const carriesObject = (target: Target, group: MachineGroup): boolean => assetOf(target, group) !== undefined;

type Carrier = string | { readonly bucket: Intrinsic; readonly key: string; readonly sha256: string };

function parts(target: Target, group: MachineGroup, id: string, payload: Carrier): readonly Value<string>[] {
  const volumes = target.volumesOf(group);
  const named = keptNames(target, group);
  return literal({
    apiVersion: 'i2kit.dev/agent/v1',
    stack: ref('AWS::StackId'),
    region: ref('AWS::Region'),
    resource: id,
    logs: ref(ids.group.logs(group)),
    ...(group.task === undefined ? { lifecycleHook: drainHook } : {}),
    ...(group.identity.role === undefined ? {} : { role: group.identity.role }),
    ...(serviceVariables(group) ? { serviceVariables: `${handover(target.options.env)}/services/${group.pod.namespace}` } : {}),
    ...(volumes.length === 0 ? {} : { disks: Object.fromEntries(volumes.map(({ claim }) => [claim.name, ref(ids.volume(claim))])) }),
    ...(named.length === 0 ? {} : { records: named.map(recordOf) }),
    ...(typeof payload === 'string' ? { payload } : { payloadObject: payload }),
  });
}

/** A record that the agents of its machines keep together. */
const recordOf = (name: HeadlessName): Tree => ({
  zone: ref(ids.shared.privateZone),
  name: privateName(name),
  ...(name.notReady ? { notReady: true } : {}),
});

interface Tree {
  readonly [key: string]: Branch;
}

type Branch = Value<string> | true | Tree | readonly Tree[];

/** JSON with references in it, as the parts of an `Fn::Join`: neighbouring texts are one part. */
function literal(tree: Tree): readonly Value<string>[] {
  const found: Value<string>[] = [];
  const text = (piece: string) => {
    const last = found.at(-1);
    if (typeof last === 'string') found[found.length - 1] = last + piece;
    else found.push(piece);
  };
  const write = (value: Branch): void => {
    if (typeof value === 'string' || value === true) text(JSON.stringify(value));
    else if (Array.isArray(value)) {
      text('[');
      value.forEach((inner, position) => {
        if (position > 0) text(',');
        write(inner);
      });
      text(']');
    } else if (isIntrinsic(value)) {
      text('"');
      found.push(value);
      text('"');
    } else {
      text('{');
      Object.entries(value).forEach(([key, inner], position) => {
        text(`${position === 0 ? '' : ','}${JSON.stringify(key)}:`);
        write(inner);
      });
      text('}');
    }
  };
  write(tree);
  return found;
}

const isIntrinsic = (value: object): value is Intrinsic => 'Ref' in value || 'Fn::GetAtt' in value;

const size = (all: readonly Value<string>[]) =>
  all.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : longestReference), 0);
