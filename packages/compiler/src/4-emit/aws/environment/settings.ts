// The environment's settings with their defaults, and what is wrong with them.
import type { Report } from '../../../diagnostic.ts';
import type { Config } from '../../../options.ts';
import type { Environment } from './concern.ts';
import { longestPrefix, mostZones } from './vpc.ts';

/** Where the settings stand, for diagnostics; the compiler is not told the file's name. */
const object = { source: 'i2kit.yaml', document: 0, apiVersion: '', kind: '', namespace: '', name: '' };

/** EC2's largest VPC. */
const shortestPrefix = 16;

export function settings(env: string, config: Config, report: Report): Environment {
  const { cidr = '10.0.0.0/16', zones = 2, egress = 'one' } = config.network ?? {};
  if (!isNetwork(cidr)) {
    report({
      code: 'I2K710',
      message: `${JSON.stringify(cidr)} is not a network that subnets can be cut from`,
      object,
      path: ['network', 'cidr'],
      hint: `give an IPv4 network between /${shortestPrefix} and /${longestPrefix}, e.g. 10.0.0.0/16`,
    });
  }
  if (!Number.isInteger(zones) || zones < 1 || zones > mostZones) {
    report({ code: 'I2K711', message: `an environment spans 1 to ${mostZones} zones, not ${zones}`, object, path: ['network', 'zones'] });
  }
  if (egress === 'none') {
    report({
      code: 'I2K712',
      message: 'without NAT every machine has a public address; its security groups let nothing in from there',
      object,
      path: ['network', 'egress'],
    });
  }
  return { env, config, cidr, egress, zones: Array.from({ length: Math.min(zones, mostZones) || 0 }, (_, index) => index + 1) };
}

const byte = /^(0|[1-9]\d{0,2})$/;

function isNetwork(cidr: string): boolean {
  const [address = '', bits = '', ...rest] = cidr.split('/');
  const bytes = address.split('.');
  if (rest.length > 0 || bytes.length !== 4 || !/^\d\d$/.test(bits)) return false;
  if (!bytes.every((part) => byte.test(part) && Number(part) <= 255)) return false;
  return Number(bits) >= shortestPrefix && Number(bits) <= longestPrefix;
}
