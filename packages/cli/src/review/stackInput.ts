// Converts a desired stack to the runner's input: resolves parameters, uploads payloads to the bucket.
import { failure, type Outcome, success } from '@i2kit/common';
import type { EnvironmentBucket, StackInput } from '@i2kit/runner';
import type { Connection } from '../aws/connection.ts';
import { findEnvironmentBucket } from '../aws/environmentBucket.ts';
import { findPublicZoneId } from '../aws/lookups/accountResources.ts';
import type { Context } from '../context.ts';
import type { DesiredStack } from '../ports/aws.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxInlineTemplateBytes = 51_200;

/** The parameter of environments' templates that only a lookup can resolve. */
const zoneParameterName = 'PublicZoneId';

export interface ResolvedStackInput {
  readonly input: StackInput;
  readonly bucket: EnvironmentBucket | undefined;
}

/** `early`: before its environment exists; the environment's parameters are resolved later. */
export async function resolveStackInput(
  context: Context,
  wanted: DesiredStack,
  connection: Connection,
  early = false,
): Promise<Outcome<ResolvedStackInput>> {
  const { values } = context;
  const { stackName, template, tags, assets, owner } = wanted;
  const parameters: Record<string, string> = {};
  if (hasParameter(template, zoneParameterName)) {
    const given = values['public-zone-id'];
    const zone =
      given === undefined ? await findPublicZoneId(connection.options, wanted.publicZone ?? '') : success(given);
    if (!zone.ok) return zone;
    parameters[zoneParameterName] = zone.value;
  }
  const needs = assets.length > 0 || Buffer.byteLength(template) > maxInlineTemplateBytes;
  // If the template is small enough, the bucket is used only for the lease and for revisions, and is optional.
  const bucket = needs
    ? await connection.bucket(owner.env)
    : await findEnvironmentBucket(context, connection, owner.env);
  if (needs && !bucket && !early) {
    return failure({
      message: `The environment ${owner.env} has no bucket, and this app is too large to deploy without one. Run 'i2kit env create' first.`,
    });
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
  return success({ input, bucket });
}

const hasParameter = (template: string, parameter: string): boolean => {
  const { Parameters = {} } = JSON.parse(template) as { Parameters?: Record<string, unknown> };
  return Object.hasOwn(Parameters, parameter);
};
