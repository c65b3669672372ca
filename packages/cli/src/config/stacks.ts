// Stack settings from i2kit.yaml and flags: role, notifications, and the accounts and regions of a stack set.

import { listText, type Problem } from '@i2kit/common';
import type { Config, Diagnostic, Plan, StackSetSettings } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Values } from '../flags.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

export interface DesiredStackSet {
  readonly regions: readonly string[];
  readonly targets: { readonly accounts: readonly string[] } | { readonly units: readonly string[] };
  readonly settings: StackSetSettings;
}

export interface StackSetResult {
  /** Absent for a single stack. */
  readonly set?: DesiredStackSet;
  readonly problems: readonly Diagnostic[];
}

const splitValues = (texts: readonly string[] | undefined): readonly string[] | undefined =>
  texts?.flatMap((text) => text.split(',')).map((part) => part.trim());
const countOrPercentage = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : text;

const stackSetValues = (values: Values) =>
  ({
    regions: ['regions', splitValues(values.regions)],
    accounts: ['accounts', splitValues(values.accounts)],
    organizationalUnits: ['organizational-units', splitValues(values['organizational-units']?.split(','))],
    failureTolerance: ['failure-tolerance', countOrPercentage(values['failure-tolerance'])],
    maxConcurrent: ['max-concurrent', countOrPercentage(values['max-concurrent'])],
    regionConcurrency: ['region-concurrency', values['region-concurrency']],
  }) as const;

export function stackSetOf(values: Values, config: Config): StackSetResult {
  const flags = Object.entries(stackSetValues(values)).filter(([, [, value]]) => value !== undefined);
  const problems = flags.flatMap(([setting, [flag, value]]) =>
    flagDiagnostics(`--${flag}`, schemaViolations('config', { stackSet: { [setting]: value } })),
  );
  const over: StackSetSettings = Object.fromEntries(flags.map(([setting, [, value]]) => [setting, value]));
  if (config.stackSet === undefined && flags.length === 0) return { problems };
  // Accounts of flags replace the file's organizational units, and the other way round.
  const { accounts: _, organizationalUnits: __, ...rest } = config.stackSet ?? {};
  const who = over.accounts === undefined && over.organizationalUnits === undefined ? config.stackSet : {};
  const settings: StackSetSettings = { ...rest, ...who, ...over };
  const { regions, accounts, organizationalUnits: units } = settings;
  const lacks = (what: string, hint: string) => diagnosticAt('I2K749', what, { source: 'stackSet', hint });
  if (regions === undefined) problems.push(lacks('a stack set needs regions', 'Pass --regions eu-west-1,us-east-1.'));
  if ((accounts === undefined) === (units === undefined)) {
    const hint = 'Pass either --accounts 123456789012,… or --organizational-units ou-….';
    problems.push(
      lacks(
        accounts === undefined
          ? 'a stack set needs accounts or organizational units'
          : 'a stack set takes accounts or organizational units, not both',
        hint,
      ),
    );
  }
  if (problems.length > 0 || regions === undefined) return { problems };
  return {
    problems,
    set: { regions: [...new Set(regions)], targets: units ? { units } : { accounts: accounts ?? [] }, settings },
  };
}

/** Flags of a single stack, which a stack set does not accept. */
export function stackSetFlagProblems(values: Values): readonly Problem[] {
  const problems: Problem[] = [];
  if (values['save-review'] !== undefined || values.review !== undefined)
    problems.push({
      message: 'A stack set has no change set to save: --review and --save-review take a single stack.',
    });
  if (values['with-env'] || values.prune || values['force-redeploy'])
    problems.push({ message: 'A stack set cannot be combined with --with-env, --prune and --force-redeploy.' });
  return problems;
}

/** Parts of the template that cannot work in all of these regions. */
export function stackSetDiagnostics(
  { regions }: DesiredStackSet,
  plan: Plan,
  config: Config,
  assets: number,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const at = (source: string) => ({ source });
  for (const { key, image, machine } of plan.groups) {
    const lacking =
      typeof image === 'object' ? regions.filter((region) => image[region] === undefined) : regions.slice(1);
    if (image !== undefined && lacking.length > 0) {
      const hint =
        'An AMI belongs to one region. Name one per region: `images: {NAME: {eu-west-1: ami-…, us-east-1: ami-…}}`.';
      found.push(diagnosticAt('I2K737', `${key} has no image in ${listText(lacking)}`, { ...at(key), hint }));
    }
    const zones = (machine.zones ?? []).filter((zone) => regions.some((region) => !zone.startsWith(region)));
    if (zones.length > 0)
      found.push(diagnosticAt('I2K744', `${key} is bound to ${listText(zones)}, which some regions lack`, at(key)));
  }
  for (const { key, ports, publicName, loadBalancer } of plan.endpoints) {
    const elsewhere = ports
      .flatMap(({ certificate }) => certificate ?? [])
      .find((arn) => regions.some((region) => arn.split(':')[3] !== region && arn.startsWith('arn:')));
    if (elsewhere !== undefined)
      found.push(diagnosticAt('I2K745', `${key} has a certificate that some regions lack: ${elsewhere}`, at(key)));
    if (publicName && config.hostedZone !== undefined && regions.length > 1)
      found.push(
        diagnosticAt('I2K746', `${key} would have one public name in ${regions.length} regions`, {
          ...at(key),
          hint: 'Leave `hostedZone` out, or deploy each region separately.',
        }),
      );
    if (loadBalancer.startsWith('named/') && config.loadBalancers?.[loadBalancer.slice('named/'.length)] !== undefined)
      found.push(diagnosticAt('I2K747', `${key} uses an existing load balancer, which belongs to one region`, at(key)));
  }
  if (assets > 0) {
    const hint =
      'A pod whose configuration is over 16 KB needs a file in a bucket, which only the account itself can write.';
    found.push(
      diagnosticAt('I2K748', 'a payload is too large for the template, and other accounts cannot read it', {
        ...at('stackSet'),
        hint,
      }),
    );
  }
  return found;
}

/** Settings of stacks, independent of their content. */
export interface StackSettings {
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
}

export const stackSettings = ({ roleArn, notificationArns }: Config): StackSettings => ({
  ...(roleArn !== undefined && { roleArn }),
  ...(notificationArns !== undefined && { notificationArns }),
});
