// User data: references that CloudFormation fills in, joined with the payload for the machine's agent.
//
// User input is in the payload only, compressed and base64-encoded, so it can never become template code.
import { base64 } from '@scure/base';
import { gzipSync, strToU8 } from 'fflate';
import type { Payload } from '../../generated/agent-v1.ts';
import type { HeadlessService, MachineGroup } from '../../plan.ts';
import { sha256Hex } from '../../sha256.ts';
import type { Asset } from '../../stack.ts';
import { base64 as fnBase64, type Intrinsic, join, ref, type Value } from '../../template.ts';
import type { EmitContext } from './emitter.ts';
import { environmentParameterPrefix } from './environmentParameters.ts';
import * as ids from './logicalIds.ts';
import { agentManagedServices, privateName, terminationHookName } from './resourceRefs.ts';
import { deadlineSeconds } from './timing.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html: bytes before base64. */
const maxUserDataBytes = 16_384;
/** Maximum length of a resolved reference: a stack's ARN, with names of 128 characters. */
const maxReferenceLength = 260;

/**
 * Service variables of the namespace come from an SSM parameter: in user data each new Service would replace every
 * machine.
 */
export const readsServiceVariables = (group: MachineGroup): boolean => group.pod.enableServiceLinks !== false;

/** True if the agent must publish a metric that the group scales by. */
export const publishesMemoryMetric = (scaling: MachineGroup['scaling']): boolean =>
  scaling?.metrics.some((metric) => metric.name === 'memory') === true;

/** The document as parts of an `Fn::Join`, and the object that holds the payload if it is too large. */
interface UserDataDocument {
  readonly parts: readonly Value<string>[];
  readonly asset?: Asset;
}

/** Several emitters need it, and compression is the most expensive step of a group. */
const payloadCache = new WeakMap<MachineGroup, Uint8Array>();

function cachedPayload(context: EmitContext, group: MachineGroup): Uint8Array {
  const bytes = payloadCache.get(group) ?? compressedPayload(context, group);
  payloadCache.set(group, bytes);
  return bytes;
}

/** @param id the resource that the machine signals for */
function userDataDocument(context: EmitContext, group: MachineGroup, id: string): UserDataDocument {
  const bytes = cachedPayload(context, group);
  const inline = documentParts(context, group, id, base64.encode(bytes));
  // The asset must not depend on the length of the id.
  if (estimatedBytes(inline) - id.length + maxLogicalIdLength <= maxUserDataBytes) return { parts: inline };
  const sha256 = sha256Hex(bytes);
  const key = `${payloadFolder(context, group)}/${sha256}`;
  return {
    parts: documentParts(context, group, id, { bucket: ref(ids.environmentParameter.bucket), key, sha256 }),
    asset: { key, sha256, bytes },
  };
}

/**
 * The folder of a group's payloads in the environment's bucket. The group's role may read this folder alone: a machine reads no payload of another
 * workload, but one that still boots by the launch template before an update finds its own.
 */
export const payloadFolder = ({ options }: EmitContext, group: MachineGroup): string =>
  `i2kit/${options.env}/payloads/${options.app}/${ids.machineGroup.autoScalingGroup(group)}`;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const maxLogicalIdLength = 255;

/** The payload as bytes: JSON, gzip without a timestamp. */
function compressedPayload(context: EmitContext, group: MachineGroup): Uint8Array {
  const { pod, rollout, scaling, job } = group;
  const payload: Payload = {
    pod,
    rollout: { minReadySeconds: rollout.minReadySeconds, deadlineSeconds: deadlineSeconds(context, group) },
    ...(job === undefined ? {} : { job: { backoffLimit: job.backoffLimit } }),
    ...(publishesMemoryMetric(scaling) ? { memoryMetric: true } : {}),
  };
  return gzipSync(strToU8(JSON.stringify(payload)), { level: 9, mtime: 0 });
}

/** `Fn::Base64` of the document `agent/v1` (contract/agent-v1.schema.json, `Document`). */
export const userData = (
  context: EmitContext,
  group: MachineGroup,
  id = ids.machineGroup.autoScalingGroup(group),
): Intrinsic => fnBase64(join('', userDataDocument(context, group, id).parts));

/** The object in the environment's bucket, if the payload is too large for user data. */
export const assetOf = (context: EmitContext, group: MachineGroup): Asset | undefined =>
  userDataDocument(context, group, ids.machineGroup.autoScalingGroup(group)).asset;

export const hasPayloadObject = (context: EmitContext, group: MachineGroup): boolean =>
  assetOf(context, group) !== undefined;

type PayloadLocation = string | { readonly bucket: Intrinsic; readonly key: string; readonly sha256: string };

function documentParts(
  context: EmitContext,
  group: MachineGroup,
  id: string,
  payload: PayloadLocation,
): readonly Value<string>[] {
  const volumes = context.volumesOf(group);
  const named = agentManagedServices(context, group);
  return joinParts({
    apiVersion: 'i2kit.dev/agent/v1',
    stack: ref('AWS::StackId'),
    region: ref('AWS::Region'),
    resource: id,
    logs: ref(ids.machineGroup.logGroup(group)),
    ...(group.job === undefined ? { lifecycleHook: terminationHookName } : {}),
    ...(group.identity.role === undefined ? {} : { role: group.identity.role }),
    ...(readsServiceVariables(group)
      ? { serviceVariables: `${environmentParameterPrefix(context.options.env)}/services/${group.pod.namespace}` }
      : {}),
    ...(volumes.length === 0
      ? {}
      : { disks: Object.fromEntries(volumes.map(({ claim }) => [claim.name, ref(ids.volume(claim))])) }),
    ...(named.length === 0 ? {} : { records: named.map(managedRecord) }),
    ...(typeof payload === 'string' ? { payload } : { payloadObject: payload }),
  });
}

/** A DNS record that the agents of its machines maintain together. */
const managedRecord = (name: HeadlessService): DocumentTree => ({
  zone: ref(ids.environmentParameter.privateZone),
  name: privateName(name),
  ...(name.publishNotReadyAddresses ? { notReady: true } : {}),
});

interface DocumentTree {
  readonly [key: string]: DocumentValue;
}

type DocumentValue = Value<string> | true | DocumentTree | readonly DocumentTree[];

/** JSON with references as parts of an `Fn::Join`; adjacent texts are merged. */
function joinParts(tree: DocumentTree): readonly Value<string>[] {
  const found: Value<string>[] = [];
  const text = (piece: string) => {
    const last = found.at(-1);
    if (typeof last === 'string') found[found.length - 1] = last + piece;
    else found.push(piece);
  };
  const write = (value: DocumentValue): void => {
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

const estimatedBytes = (all: readonly Value<string>[]) =>
  all.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : maxReferenceLength), 0);
