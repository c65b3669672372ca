// Looks up what the settings name as being there, verifies it, and tells everything that is wrong at once.
import type { NetworkFound } from '@i2kit/compiler';
import type { Answer, ToLookUp } from '../../aws-ports.ts';
import type { Context } from '../../context.ts';
import type { Wrong } from '../../existing.ts';
import type { Exit } from '../../exit.ts';
import { connect } from '../connect.ts';
import { balancersOf } from './balancers.ts';
import { attempted } from './finding.ts';
import { networkOf } from './network.ts';
import { clientOf } from './options.ts';
import { bucketOf, keyPairOf, zoneIdOf, zoneSelector } from './others.ts';

export async function lookUp(context: Context, what: ToLookUp, then: (answer: Answer) => Promise<Exit>): Promise<Exit> {
  const connection = await connect(context, what.region);
  let answer: Answer;
  try {
    const { options, clients } = connection;
    if (!context.values.quiet) context.io.stderr.write('Looking up what is there already …\n');
    const { Account: account = '' } = await clients.identity.getCallerIdentity();
    answer = await found(what, options, account);
  } finally {
    connection.close();
  }
  return then(answer);
}

async function found(
  { config, asked, known: before }: ToLookUp,
  options: Parameters<typeof clientOf>[0],
  account: string,
): Promise<Answer> {
  const { EC2Client } = await import('@aws-sdk/client-ec2');
  const client = new EC2Client(clientOf(options));
  const wrong: Wrong[] = [];
  // What was found elsewhere is nothing here.
  const known = before?.account === account && before.region === options.region ? before : undefined;
  const made: { -readonly [K in keyof NetworkFound]?: NetworkFound[K] } = {};
  try {
    await attempted(wrong, async () => void Object.assign(made, await networkOf(client, asked, known, config.network?.egress)));
    await attempted(wrong, async () => {
      if (config.keyPair === undefined) return;
      const name = await keyPairOf(client, (asked.keyPair && known?.keyPair) ?? config.keyPair);
      if (asked.keyPair) made.keyPair = name;
    });
    await attempted(wrong, async () => {
      const selector = known?.hostedZone ?? zoneSelector(config.hostedZone);
      const { name = '', roleArn, profile } = typeof config.hostedZone === 'object' ? config.hostedZone : {};
      // That of another account is looked at by those who write its records.
      if (selector === undefined || roleArn !== undefined || profile !== undefined) return;
      const id = await zoneIdOf(options, name, selector);
      if (asked.hostedZone) made.hostedZone = id;
    });
    await attempted(wrong, async () => {
      if (typeof config.bucket === 'boolean' || config.bucket === undefined) return;
      const name = await bucketOf(options, account, known?.bucket ?? config.bucket);
      if (asked.bucket) made.bucket = name;
    });
    await attempted(wrong, async () => {
      if (asked.loadBalancers) made.loadBalancers = await balancersOf(options, asked.loadBalancers, known?.loadBalancers, made.vpc?.id);
    });
  } finally {
    client.destroy();
  }
  if (wrong.length > 0) return { wrong };
  return { found: { asked, account, region: options.region, ...made } };
}
