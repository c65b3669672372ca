// Stack settings from i2kit.yaml and flags: role, notifications, and the accounts and regions of a stack set.

import { listText } from '@i2kit/common';
import type { Config, Diagnostic, Plan, StackSetSettings } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Values } from '../flags.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

// The accounts and regions that are to have a stack of the same template, of flags and i2kit.yaml; and what cannot be in such a template.

export interface DesiredStackSet {
  readonly regions: readonly string[];
  readonly targets: { readonly accounts: readonly string[] } | { readonly units: readonly string[] };
  readonly settings: StackSetSettings;
}

export interface StackSetResult {
  /** Absent where one stack is meant. */
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
  // Accounts that a flag names are in place of the file's units, and the other way round.
  const { accounts: _, organizationalUnits: __, ...rest } = config.stackSet ?? {};
  const who = over.accounts === undefined && over.organizationalUnits === undefined ? config.stackSet : {};
  const settings: StackSetSettings = { ...rest, ...who, ...over };
  const { regions, accounts, organizationalUnits: units } = settings;
  const lacks = (what: string, hint: string) => diagnosticAt('I2K749', what, { source: 'stackSet', hint });
  if (regions === undefined)
    problems.push(lacks('no regions are named for the stacks', 'say --regions eu-west-1,us-east-1'));
  if ((accounts === undefined) === (units === undefined)) {
    const hint = 'say either --accounts 123456789012,… or --organizational-units ou-…';
    problems.push(
      lacks(
        accounts === undefined
          ? 'neither accounts nor units are named for the stacks'
          : 'both accounts and units are named',
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

/** What goes with one stack and not with a set of them. */
export function stackSetFlagsError(values: Values): string | undefined {
  if (values['save-review'] !== undefined || values.review !== undefined)
    return 'A stack set has no change set to be kept: --review and --save-review go with one stack.';
  if (values['with-env'] || values.prune || values['force-redeploy'])
    return 'A stack set goes without --with-env, --prune and --force-redeploy.';
  return undefined;
}

/** What one template cannot be for all of these regions. */
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
      const hint = 'an AMI is of one region: name one for each, `images: {NAME: {eu-west-1: ami-…, us-east-1: ami-…}}`';
      found.push(diagnosticAt('I2K737', `${key} has no image in ${listText(lacking)}`, { ...at(key), hint }));
    }
    const zones = (machine.zones ?? []).filter((zone) => regions.some((region) => !zone.startsWith(region)));
    if (zones.length > 0)
      found.push(diagnosticAt('I2K744', `${key} is bound to ${listText(zones)}, which not every region has`, at(key)));
  }
  for (const { key, ports, publicName, loadBalancer } of plan.endpoints) {
    const elsewhere = ports
      .flatMap(({ certificate }) => certificate ?? [])
      .find((arn) => regions.some((region) => arn.split(':')[3] !== region && arn.startsWith('arn:')));
    if (elsewhere !== undefined)
      found.push(diagnosticAt('I2K745', `${key} has a certificate that is not of every region: ${elsewhere}`, at(key)));
    if (publicName && config.hostedZone !== undefined && regions.length > 1)
      found.push(
        diagnosticAt('I2K746', `${key} would have one public name in ${regions.length} regions`, {
          ...at(key),
          hint: 'leave `hostedZone` out, or deploy each region by itself',
        }),
      );
    if (loadBalancer.startsWith('named/') && config.loadBalancers?.[loadBalancer.slice('named/'.length)] !== undefined)
      found.push(
        diagnosticAt('I2K747', `${key} uses a load balancer that is there already, and that is of one region`, at(key)),
      );
  }
  if (assets > 0) {
    const hint =
      'a pod whose configuration is over 16 KB needs a file in a bucket, which only the account itself can put there';
    found.push(
      diagnosticAt('I2K748', 'a payload is too large to be in the template, and no other account has it', {
        ...at('stackSet'),
        hint,
      }),
    );
  }
  return found;
}

// What the configuration says of stacks themselves, whatever is in them.

export interface StackSettings {
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
}

export const stackSettings = ({ roleArn, notificationArns }: Config): StackSettings => ({
  ...(roleArn !== undefined && { roleArn }),
  ...(notificationArns !== undefined && { notificationArns }),
});
