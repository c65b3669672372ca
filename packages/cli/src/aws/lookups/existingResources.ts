// Looks up existing resources that the settings name, verifies them, and reports all problems at once.
import { failure, success } from '@i2kit/common';
import type { ExistingResources } from '@i2kit/compiler';
import type { SettingError } from '../../config/existingResources.ts';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../exit.ts';
import type { ResourceLookup, ResourceLookupResult } from '../../ports/aws.ts';
import { connect, retryingConfig } from '../connection.ts';
import { findBucket, findKeyPair, findZoneId, zoneSelector } from './accountResources.ts';
import { collectLookupErrors } from './candidates.ts';
import { findLoadBalancers } from './loadBalancers.ts';
import { findNetwork } from './network.ts';

export async function findExistingResources(
  context: Context,
  what: ResourceLookup,
  then: (answer: ResourceLookupResult) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connection = await connect(context, what.region);
  let answer: ResourceLookupResult;
  try {
    const { options, clients } = connection;
    if (!context.values.quiet) context.io.stderr.write('Looking up existing resources …\n');
    const { Account: account = '' } = await clients.identity.getCallerIdentity();
    answer = await findAll(what, options, account);
  } finally {
    connection.close();
  }
  return then(answer);
}

async function findAll(
  { config, asked, known: before }: ResourceLookup,
  options: Parameters<typeof retryingConfig>[0],
  account: string,
): Promise<ResourceLookupResult> {
  const { EC2Client } = await import('@aws-sdk/client-ec2');
  const client = new EC2Client(retryingConfig(options));
  const problems: SettingError[] = [];
  // Results of another environment do not count.
  const known = before?.account === account && before.region === options.region ? before : undefined;
  const made: { -readonly [K in keyof ExistingResources]?: ExistingResources[K] } = {};
  try {
    await collectLookupErrors(
      problems,
      async () => void Object.assign(made, await findNetwork(client, asked, known, config.network?.egress)),
    );
    await collectLookupErrors(problems, async () => {
      if (config.keyPair === undefined) return;
      const name = await findKeyPair(client, (asked.keyPair && known?.keyPair) ?? config.keyPair);
      if (asked.keyPair) made.keyPair = name;
    });
    await collectLookupErrors(problems, async () => {
      const selector = known?.hostedZone ?? zoneSelector(config.hostedZone);
      const { name = '', roleArn, profile } = typeof config.hostedZone === 'object' ? config.hostedZone : {};
      // A bucket of another account is checked by the code that writes its records.
      if (selector === undefined || roleArn !== undefined || profile !== undefined) return;
      const id = await findZoneId(options, name, selector);
      if (asked.hostedZone) made.hostedZone = id;
    });
    await collectLookupErrors(problems, async () => {
      if (typeof config.bucket === 'boolean' || config.bucket === undefined) return;
      const name = await findBucket(options, account, known?.bucket ?? config.bucket);
      if (asked.bucket) made.bucket = name;
    });
    await collectLookupErrors(problems, async () => {
      if (asked.loadBalancers)
        made.loadBalancers = await findLoadBalancers(options, asked.loadBalancers, known?.loadBalancers, made.vpc?.id);
    });
  } finally {
    client.destroy();
  }
  const [problem, ...more] = problems;
  return problem === undefined
    ? success({ asked, account, region: options.region, ...made })
    : failure(problem, ...more);
}
