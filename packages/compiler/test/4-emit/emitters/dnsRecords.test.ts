// Properties of DNS records and outputs: zone, name, and alias target.
import { deploymentYaml, ofType, resourcesOf, templateOf } from '../../helpers/templates.ts';

const web = (type: string) => `${deploymentYaml({ container: 'ports: [{ containerPort: 80 }]' })}
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80 }] }
`;
const hostedZone = { id: 'Z123', name: 'example.com' };
const config = { region: 'eu-west-1', hostedZone };

it('an internal Service has a private name only', () => {
  const records = ofType(resourcesOf(web('ClusterIP'), { config }), 'Route53::RecordSet');
  expect(records.map(({ Properties }) => Properties)).toEqual([
    {
      HostedZoneId: { Ref: 'PrivateZone' },
      Name: 'web.default.svc.cluster.local.',
      Type: 'A',
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': ['InternalLoadBalancer1', 'DNSName'] },
        HostedZoneId: { 'Fn::GetAtt': ['InternalLoadBalancer1', 'CanonicalHostedZoneID'] },
        EvaluateTargetHealth: false,
      },
    },
  ]);
});

it('a public Service has a public name, too, for both address families', () => {
  const records = ofType(resourcesOf(web('LoadBalancer'), { config }), 'Route53::RecordSet');
  const shown = records.map(({ Properties: { HostedZoneId, Name, Type } }) => [HostedZoneId.Ref, Name, Type]);
  expect(shown).toEqual([
    ['PrivateZone', 'web.default.svc.cluster.local.', 'A'],
    ['PublicZone', 'web.example.com.', 'A'],
    ['PublicZone', 'web.example.com.', 'AAAA'],
  ]);
});

it('outputs the URL of a public Service, and none of an internal one', () => {
  expect(templateOf(web('LoadBalancer'), { config }).Outputs.WebUrl.Value).toBe('http://web.example.com');
  expect(templateOf(web('ClusterIP'), { config }).Outputs).toBeUndefined();
});

it('an ExternalName Service is a CNAME in the private zone', () => {
  const external = `${deploymentYaml()}
apiVersion: v1
kind: Service
metadata: { name: mail }
spec: { type: ExternalName, externalName: smtp.example.net }
`;
  const [record] = ofType(resourcesOf(external), 'Route53::RecordSet');
  expect(record.Properties).toMatchObject({
    HostedZoneId: { Ref: 'PrivateZone' },
    Name: 'mail.default.svc.cluster.local.',
    Type: 'CNAME',
    ResourceRecords: ['smtp.example.net'],
  });
});
