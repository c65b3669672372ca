// The user data of a launch template, with local values in place of CloudFormation's.
import { createHash } from 'node:crypto';
import { ImageError } from '../errors.ts';

/** The part of a template that is read. */
export interface LocalTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Metadata?: Readonly<Record<string, unknown>>; readonly Properties?: unknown }
    >
  >;
}

export interface LocalMachineInput {
  readonly template: LocalTemplate;
  /** `Deployment/default/web` */
  readonly group: string;
  readonly stackName: string;
  readonly region: string;
  /** Payloads outside the template, by their key in the bucket. */
  readonly assets: readonly { readonly key: string; readonly bytes: Uint8Array }[];
  /** Endpoint of the machine's own AWS calls. */
  readonly endpoint: string;
}

export interface LocalMachine {
  /** The machine's user data; its payload is always inline. */
  readonly userData: string;
  /** Disks by the name of their claim. */
  readonly disks: readonly { readonly claim: string; readonly id: string; readonly size: number }[];
}

/** Throws `input-invalid` if the template has no launch template of the group. */
export function localMachineOf(input: LocalMachineInput): LocalMachine {
  const { template, group, assets } = input;
  const launch = Object.values(template.Resources).find(
    ({ Type, Metadata }) =>
      Type === 'AWS::EC2::LaunchTemplate' && String(Metadata?.['i2kit:origin'] ?? '').split('#')[0] === group,
  );
  const { UserData } = ((launch?.Properties as { LaunchTemplateData?: { UserData?: unknown } })?.LaunchTemplateData ??
    {}) as JoinedUserData;
  const parts = UserData?.['Fn::Base64']?.['Fn::Join']?.[1];
  if (parts === undefined) throw new ImageError('input-invalid', `The template has no machines for ${group}.`);
  const text = parts
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(referenceValue(part.Ref, input)).slice(1, -1)))
    .join('');
  // DNS names are for other machines, and there are none.
  const { payloadObject, records: _, ...document } = JSON.parse(text) as UserDataDocument;
  const object = payloadObject && assets.find(({ key }) => key === payloadObject.key);
  if (payloadObject && !object) throw new ImageError('input-invalid', `The payload ${payloadObject.key} is missing.`);
  const payload = object ? { payload: Buffer.from(object.bytes).toString('base64') } : {};
  const disks = Object.entries(document.disks ?? {}).map(([claim, id]) => ({
    claim,
    id,
    size: volumeSizes(template, input).get(id) ?? 1,
  }));
  return { userData: JSON.stringify({ ...document, ...payload, endpoint: input.endpoint }), disks };
}

interface JoinedUserData {
  readonly UserData?: {
    readonly 'Fn::Base64'?: { readonly 'Fn::Join'?: readonly [string, readonly (string | { Ref: string })[]] };
  };
}

interface UserDataDocument {
  readonly payloadObject?: { readonly key: string };
  readonly records?: unknown;
  readonly disks?: Readonly<Record<string, string>>;
}

/** An id in AWS' form that stays the same: a volume's is its NVMe serial number. */
const localId = (kind: string, name: string, stackName: string): string =>
  `${kind}-${createHash('sha256').update(`${stackName} ${name}`).digest('hex').slice(0, 17)}`;

function referenceValue(id: string, { stackName, region, template }: LocalMachineInput): string {
  if (id === 'AWS::Region') return region;
  if (id === 'AWS::StackId') return `arn:aws:cloudformation:${region}:000000000000:stack/${stackName}/local`;
  if (id === 'AWS::StackName') return stackName;
  if (template.Resources[id]?.Type === 'AWS::EC2::Volume') return localId('vol', id, stackName);
  return `local-${id}`;
}

/** GiB by the local id of the volume. */
const volumeSizes = (template: LocalTemplate, { stackName }: LocalMachineInput): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::EC2::Volume')
      .map(([id, { Properties }]) => [
        localId('vol', id, stackName),
        Number((Properties as { Size?: number })?.Size ?? 1),
      ]),
  );
