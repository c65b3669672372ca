// Rule podNetwork: a pod's names and how it looks names up.
import { readFileSync } from 'node:fs';
import { podNetwork } from '../../../src/2-check/rules/podNetwork.ts';
import { allowedKernelParameter, kernelParameterPath } from '../../../src/kinds/shared/kernelParameters.ts';
import { inPod } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const pod = (changes: Readonly<Record<string, unknown>>) => findingsOf(podNetwork, [inPod(changes)]);

it('takes what can be', () => {
  expect(
    pod({
      hostname: 'a',
      subdomain: 'b',
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['10.0.0.2', 'fd00::1'],
        searches: ['a.example', 'b_c.example.', '.'],
        options: [{ name: 'ndots', value: '2' }],
      },
      hostAliases: [{ ip: '127.0.0.1', hostnames: ['a.local'] }],
      'securityContext.sysctls': [
        { name: 'net.core.somaxconn', value: '1024' },
        { name: 'net/ipv4/ip_forward', value: '1' },
      ],
    }),
  ).toEqual([]);
});

it.each([
  [{ hostname: 'a.b' }, 'hostname'],
  [{ subdomain: 'B' }, 'subdomain'],
  [{ dnsPolicy: 'None' }, 'dnsPolicy'],
  [{ 'dnsConfig.nameservers': ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] }, 'dnsConfig.nameservers'],
  [{ 'dnsConfig.nameservers': ['dns'] }, 'dnsConfig.nameservers[0]'],
  [{ 'dnsConfig.searches': ['a b'] }, 'dnsConfig.searches[0]'],
  [{ 'dnsConfig.options': [{ value: '2' }] }, 'dnsConfig.options[0]'],
  [{ hostAliases: [{ ip: 'x', hostnames: ['a'] }] }, 'hostAliases[0].ip'],
  [{ hostAliases: [{ ip: '1.2.3.4', hostnames: ['A'] }] }, 'hostAliases[0].hostnames[0]'],
  [{ 'securityContext.sysctls': [{ name: 'A', value: '1' }] }, 'securityContext.sysctls[0].name'],
  [
    {
      'securityContext.sysctls': [
        { name: 'net.b', value: '1' },
        { name: 'net.b', value: '2' },
      ],
    },
    'securityContext.sysctls[1].name',
  ],
])('refuses %j', (changes, path) => expect(pod(changes)).toEqual([`I2K324 ~p.${path}`]));

it.each<{ readonly name: string; readonly path: string; readonly allowed: boolean }>(
  JSON.parse(readFileSync(new URL('../../../contract/vectors/sysctls.json', import.meta.url), 'utf8')),
)('the kernel parameter $name', ({ name, path, allowed }) => {
  expect([kernelParameterPath(name), allowedKernelParameter(name)]).toEqual([path, allowed]);
  if (/^[a-z0-9_./-]+$/.test(name) && !/\.\.|^\/|\/\/|\/\.|\.\//.test(name)) {
    expect(pod({ 'securityContext.sysctls': [{ name, value: '1' }] })).toEqual(
      allowed ? [] : ['I2K427 ~p.securityContext.sysctls[0].name'],
    );
  }
});

it.each([
  [{ hostname: 'h'.repeat(28), subdomain: 'web', setHostnameAsFQDN: true }, []],
  [{ hostname: 'h'.repeat(40), subdomain: 'web', setHostnameAsFQDN: true }, ['I2K429 ~p.setHostnameAsFQDN']],
  [{ hostname: 'h'.repeat(40), subdomain: 'web' }, []],
  [{ hostname: 'h'.repeat(63), setHostnameAsFQDN: true }, []],
  // A machine's id ends the name of a Deployment's pod: web-0123456789abcdef0
  [{ subdomain: 's'.repeat(16), setHostnameAsFQDN: true }, []],
  [{ subdomain: 's'.repeat(17), setHostnameAsFQDN: true }, ['I2K429 ~p.setHostnameAsFQDN']],
])('the full host name: %j', (changes, expected) => {
  expect(pod(changes)).toEqual(expected);
});
