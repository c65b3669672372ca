// From what a command wants to what the runner takes: parameters found, payloads in their bucket.
import type { EnvironmentBucket, StackInput } from '@i2kit/runner';
import type { Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import type { Connection } from './connect.ts';
import { bucketIfAny } from './kept.ts';
import { publicZoneId } from './zone.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const inRequest = 51_200;

/** The parameter of environments' templates that only the account can tell. */
const zoneParameter = 'PublicZoneId';

export type Made = { readonly input: StackInput; readonly bucket: EnvironmentBucket | undefined } | { readonly wrong: string };

/** `early`: before its environment is there; what that hands over is asked for when it is. */
export async function stackInput(context: Context, wanted: Wanted, connection: Connection, early = false): Promise<Made> {
  const { values } = context;
  const { stackName, template, tags, assets, owner } = wanted;
  const parameters: Record<string, string> = {};
  if (asksFor(template, zoneParameter)) {
    const given = values['public-zone-id'];
    const zone = given === undefined ? await publicZoneId(connection.options, wanted.publicZone ?? '') : { id: given };
    if ('wrong' in zone) return zone;
    parameters[zoneParameter] = zone.id;
  }
  const needs = assets.length > 0 || Buffer.byteLength(template) > inRequest;
  // Small enough to do without, it is asked for the lease and for what is kept, and is then no condition.
  const bucket = needs ? await connection.bucket(owner.env) : await bucketIfAny(context, connection, owner.env);
  if (needs && !bucket && !early) {
    return {
      wrong: `The environment ${owner.env} has no bucket, which this app is too large to do without: run 'i2kit env create' first.`,
    };
  }
  const input: StackInput = {
    stackName,
    template,
    parameters,
    tags,
    owner,
    expect: { region: connection.options.region },
    ...(wanted.roleArn !== undefined && { roleArn: wanted.roleArn }),
    ...(wanted.notificationArns !== undefined && { notificationArns: wanted.notificationArns }),
  };
  return { input, bucket };
}

const asksFor = (template: string, parameter: string): boolean => {
  const { Parameters = {} } = JSON.parse(template) as { Parameters?: Record<string, unknown> };
  return Object.hasOwn(Parameters, parameter);
};
