// The environment's settings with their defaults, and their checks.
import type { Report } from '../../../diagnostic.ts';
import {
  accountLookupOf,
  existingResourcesOf,
  isEmptyLookup,
  missingLookup,
  settingsRef as object,
} from '../../../existingResources.ts';
import { isNetwork, isWithin } from '../../../kinds/shared/cidr.ts';
import type { AccountContext, Config, ExistingResources } from '../../../options.ts';
import type { Environment } from './emitter.ts';
import { longestPrefix, maxZones } from './vpc.ts';

/** The largest VPC. */
const shortestPrefix = 16;

interface EnvironmentSettings {
  readonly env: string;
  readonly config: Config;
  readonly context: AccountContext | undefined;
}

export function environmentOf({ env, config, context }: EnvironmentSettings, report: Report): Environment {
  const { cidr = '10.0.0.0/16', zones = 2, egress } = config.network ?? {};
  const found: Partial<ExistingResources> = existingResourcesOf(config, env, context) ?? {};
  const needed = accountLookupOf(config);
  if (!isEmptyLookup(needed) && found.asked === undefined) report(missingLookup(env, ...firstMissingLookup(needed)));
  else checkExistingNetwork(config, found, report);
  if (!isNetwork(cidr, shortestPrefix, longestPrefix)) {
    report({
      code: 'I2K710',
      message: `${JSON.stringify(cidr)} is not a network that can be divided into subnets`,
      object,
      path: ['network', 'cidr'],
      hint: `Use an IPv4 network between /${shortestPrefix} and /${longestPrefix}, e.g. 10.0.0.0/16.`,
    });
  }
  if (!Number.isInteger(zones) || zones < 1 || zones > maxZones) {
    report({
      code: 'I2K711',
      message: `an environment spans 1 to ${maxZones} zones, not ${zones}`,
      object,
      path: ['network', 'zones'],
    });
  }
  if (egress === 'none') {
    report({
      code: 'I2K712',
      message: 'without NAT every machine has a public address; its security groups allow no ingress from there',
      object,
      path: ['network', 'egress'],
    });
  }
  return {
    env,
    config,
    cidr,
    egress: found.subnets === undefined ? (egress ?? 'one') : egress === 'none' ? 'none' : 'given',
    zones: Array.from({ length: Math.min(zones, maxZones) || 0 }, (_, index) => index + 1),
    existing: found,
  };
}

/** The first setting that needs a look-up that was not made. */
function firstMissingLookup(needed: ReturnType<typeof accountLookupOf>): readonly [readonly string[], string] {
  if (needed.vpc !== undefined) return [['network', 'vpc'], 'the VPC'];
  if (needed.subnets !== undefined) return [['network', 'subnets'], 'what the subnets are'];
  if (needed.securityGroup !== undefined) return [['network', 'securityGroup'], 'the security group'];
  const [first = ''] = Object.keys(needed);
  return [[first], `what \`${first}\` names`];
}

/** Reports settings that an existing network does not support. */
function checkExistingNetwork(
  { network: given = {} }: Config,
  found: Partial<ExistingResources>,
  report: Report,
): void {
  const { cidr, egress } = given;
  if (found.subnets !== undefined) {
    if (egress === 'one' || egress === 'per-zone') {
      const message = `\`egress: ${egress}\` creates NAT gateways, but existing subnets have their own routes`;
      report({ code: 'I2K715', message, object, path: ['network', 'egress'], hint: 'Remove it, or use none.' });
    }
    const needed = egress === 'none' ? 'public' : 'private';
    if (Object.keys(found.subnets[needed]).length === 0) {
      const message = `machines use the ${needed} subnets, but none are named`;
      report({ code: 'I2K716', message, object, path: ['network', 'subnets'], hint: `name \`subnets.${needed}\`` });
    } else if (Object.keys(found.subnets.public).length === 0) {
      const message = 'no public subnets are named: apps with a public load balancer cannot be deployed here';
      report({ code: 'I2K717', message, object, path: ['network', 'subnets'], hint: 'Name `subnets.public`.' });
    }
  } else if (found.vpc !== undefined) {
    const hint = 'Name `network.subnets`, or set `network.cidr` to an unused range of the VPC.';
    if (cidr === undefined) {
      report({
        code: 'I2K714',
        message: 'subnets are created from a range of the VPC, which must be named',
        object,
        path: ['network', 'vpc'],
        hint,
      });
    } else if (!found.vpc.cidrs.some((range) => isWithin(cidr, range))) {
      const message = `${cidr} is not part of the VPC, which has ${found.vpc.cidrs.join(' and ')}`;
      report({ code: 'I2K714', message, object, path: ['network', 'cidr'], hint });
    }
  }
}
