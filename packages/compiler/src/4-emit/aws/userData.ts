// User data: our references, filled in by CloudFormation, joined with the payload that the machine's agent reads.
//
// What the user wrote is in the payload alone, compressed and in base64: nothing of it can become template code.
import { base64 } from '@scure/base';
import { gzipSync, strToU8 } from 'fflate';
import type { Payload } from '../../generated/agent-v1.ts';
import type { MachineGroup } from '../../plan.ts';
import type { Asset } from '../../stack.ts';
import { base64 as fnBase64, type Intrinsic, join, ref, type Value } from '../../template.ts';
import type { Target } from './concern.ts';
import { digest } from './digest.ts';
import { handover } from './handover.ts';
import * as ids from './ids.ts';
import { drainHook } from './wiring.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html: bytes before base64. */
const mostBytes = 16_384;
/** What a reference may become: a stack's ARN is the longest, with names of 128 characters. */
const longestReference = 260;

/** Names of the namespace's Services, as variables, come from one SSM parameter: in user data each new Service would roll every machine. */
export const serviceVariables = (group: MachineGroup): boolean => group.pod.enableServiceLinks !== false;

const cache = new WeakMap<MachineGroup, Packed>();

interface Packed {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly text: string;
}

/** The payload as bytes: JSON, gzip without a time. Made once for each group. */
function pack(group: MachineGroup): Packed {
  const known = cache.get(group);
  if (known !== undefined) return known;
  const { minReadySeconds, deadlineSeconds } = group.rollout;
  const payload: Payload = { pod: group.pod, rollout: { minReadySeconds, deadlineSeconds } };
  const bytes = gzipSync(strToU8(JSON.stringify(payload)), { level: 9, mtime: 0 });
  const packed = { bytes, sha256: digest(bytes), text: base64.encode(bytes) };
  cache.set(group, packed);
  return packed;
}

/** True where the payload is too large for user data and goes through the environment's bucket. */
export const carriesObject = (target: Target, group: MachineGroup): boolean => size(parts(target, group, pack(group).text)) > mostBytes;

export function assetOf(target: Target, group: MachineGroup): Asset | undefined {
  if (!carriesObject(target, group)) return undefined;
  const { bytes, sha256 } = pack(group);
  return { key: keyOf(target, sha256), sha256, bytes };
}

const keyOf = ({ options }: Target, sha256: string) => `i2kit/${options.env}/payloads/${sha256}`;

/** `Fn::Base64` of the document `agent/v1` (contract/agent-v1.schema.json, `Document`). */
export function userData(target: Target, group: MachineGroup): Intrinsic {
  if (!carriesObject(target, group)) return fnBase64(join('', parts(target, group, pack(group).text)));
  const { sha256 } = pack(group);
  return fnBase64(join('', parts(target, group, { bucket: ref(ids.shared.bucket), key: keyOf(target, sha256), sha256 })));
}

type Carrier = string | { readonly bucket: Intrinsic; readonly key: string; readonly sha256: string };

function parts(target: Target, group: MachineGroup, payload: Carrier): readonly Value<string>[] {
  const { object } = group.origin;
  const volumes = target.volumesOf(group);
  return literal({
    apiVersion: 'i2kit.dev/agent/v1',
    stack: ref('AWS::StackId'),
    region: ref('AWS::Region'),
    resource: ids.group.group(object),
    logs: ref(ids.group.logs(object)),
    lifecycleHook: drainHook,
    ...(group.identity.role === undefined ? {} : { role: group.identity.role }),
    ...(serviceVariables(group) ? { serviceVariables: `${handover(target.options.env)}/services/${group.pod.namespace}` } : {}),
    ...(volumes.length === 0 ? {} : { disks: Object.fromEntries(volumes.map(({ claim }) => [claim.name, ref(ids.volume(claim))])) }),
    ...(typeof payload === 'string' ? { payload } : { payloadObject: payload }),
  });
}

interface Tree {
  readonly [key: string]: Value<string> | Tree;
}

/** JSON with references in it, as the parts of an `Fn::Join`: neighbouring texts are one part. */
function literal(tree: Tree): readonly Value<string>[] {
  const found: Value<string>[] = [];
  const text = (piece: string) => {
    const last = found.at(-1);
    if (typeof last === 'string') found[found.length - 1] = last + piece;
    else found.push(piece);
  };
  const write = (value: Value<string> | Tree): void => {
    if (typeof value === 'string') text(JSON.stringify(value));
    else if (isIntrinsic(value)) {
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
