// Rule podNetwork: a pod's names and how it looks names up.
import { podNetwork } from '../../../src/2-check/rules/podNetwork.ts';
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
        { name: 'a.b', value: '1' },
        { name: 'a.b', value: '2' },
      ],
    },
    'securityContext.sysctls[1].name',
  ],
])('refuses %j', (changes, path) => expect(pod(changes)).toEqual([`I2K324 ~p.${path}`]));
