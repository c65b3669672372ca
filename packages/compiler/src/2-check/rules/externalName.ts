// The name that a Service of type ExternalName stands for becomes the target of a DNS record.
import { dnsSubdomain, isIPv4, isIPv6 } from '../formats.ts';
import { perObject } from '../rule.ts';

export const externalName = perObject('Service', ['I2K328'], ({ spec: { type, externalName: target } }, say) => {
  if (type !== 'ExternalName') return;
  const path = ['spec', 'externalName'];
  const name = (target ?? '').replace(/\.$/, '');
  if (name === '') say(path, 'a Service of type ExternalName needs an externalName');
  else if (isIPv4(name) || isIPv6(name)) say(path, `${name} is an address, and a DNS record of this type leads to names only`);
  else if (dnsSubdomain(name)) say(path, `${JSON.stringify(target)} ${dnsSubdomain(name)}`);
});
