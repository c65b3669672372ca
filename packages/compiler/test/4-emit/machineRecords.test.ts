// Names of machines themselves: fixed ones in the template, others told to the agents that keep them.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, service, statefulSet, withFields } from '../helpers/objects.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is read here as CloudFormation would.
type Loose = any;

function resourcesOf(objects: readonly JsonObject[], config: object = {}): Record<string, Loose> {
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1', ...config } });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return JSON.parse(JSON.stringify(result.stacks[0]?.template.Resources));
}

const documentOf = (template: Loose): Loose =>
  JSON.parse(
    template.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1]
      .map((part: Loose) => (typeof part === 'string' ? part : Object.values(part)[0]))
      .join(''),
  );

const headless = (more: Readonly<Record<string, unknown>> = {}) =>
  withFields(service, { 'spec.clusterIP': 'None', ...more });
const name = 'web.default.svc.cluster.local';

it("a Deployment's machines keep the record themselves, and may change no other", () => {
  const resources = resourcesOf([deployment, headless()]);
  expect(Object.values(resources).filter(({ Type }) => /RecordSet|LoadBalancing/.test(Type))).toEqual([]);
  expect(documentOf(resources['WebTemplate']).records).toEqual([{ zone: 'PrivateZone', name }]);
  const statements = resources['WebRole'].Properties.Policies[0].PolicyDocument.Statement;
  expect(statements.find(({ Sid }: Loose) => Sid === 'Records')).toEqual({
    Sid: 'Records',
    Effect: 'Allow',
    Action: ['route53:ListResourceRecordSets', 'route53:ChangeResourceRecordSets'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:route53:::hostedzone/${PrivateZone}' },
    Condition: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': [name] } },
  });
});

it('one that need not be ready says so', () => {
  const resources = resourcesOf([deployment, headless({ 'spec.publishNotReadyAddresses': true })]);
  expect(documentOf(resources['WebTemplate']).records).toEqual([{ zone: 'PrivateZone', name, notReady: true }]);
});

it('without a headless Service there is neither record nor right', () => {
  const resources = resourcesOf([deployment, service]);
  expect(documentOf(resources['WebTemplate']).records).toBeUndefined();
  expect(JSON.stringify(resources['WebRole'])).not.toContain('route53');
});

it("a StatefulSet's addresses stand in the template, one name each and one for all, named ports as SRV", () => {
  const set = withFields(statefulSet, { 'spec.replicas': 2 });
  const resources = resourcesOf([set, headless({ 'spec.ports': [{ name: 'http', port: 80, targetPort: 'http' }] })]);
  const address = (index: number) => ({
    'Fn::GetAtt': [`WebOfStatefulSet${index}Interface`, 'PrimaryPrivateIpAddress'],
  });
  const record = (id: string) => {
    const { Name, Type, ResourceRecords } = resources[id].Properties;
    return [Name, Type, ResourceRecords];
  };
  expect(record('WebPrivateARecord')).toEqual([`${name}.`, 'A', [address(0), address(1)]]);
  expect(record('WebOfStatefulSet1OfWebRecord')).toEqual([`web-1.${name}.`, 'A', [address(1)]]);
  expect(record('WebHttpTcpSrvRecord')).toEqual([
    `_http._tcp.${name}.`,
    'SRV',
    [`0 10 80 web-0.${name}.`, `0 10 80 web-1.${name}.`],
  ]);
  expect(documentOf(resources['WebOfStatefulSet0Template']).records).toBeUndefined();
  expect(resources['WebOfStatefulSet1Group'].DependsOn).toEqual([
    'WebOfStatefulSet0Group',
    'WebOfStatefulSet1OfWebRecord',
  ]);
});

it('where a Service stands for both, all machines keep it', () => {
  const both = [withFields(deployment, { 'metadata.name': 'other' }), statefulSet, headless()];
  const resources = resourcesOf(both);
  expect(resources['WebPrivateARecord']).toBeUndefined();
  for (const id of ['OtherTemplate', 'WebOfStatefulSet0Template'])
    expect(documentOf(resources[id]).records).toEqual([{ zone: 'PrivateZone', name }]);
});

it('a Service with an address leads to the machines of a StatefulSet as to any', () => {
  const resources = resourcesOf([withFields(statefulSet, { 'spec.replicas': 2 }), service]);
  for (const index of [0, 1]) {
    expect(resources[`WebOfStatefulSet${index}Group`].Properties.TargetGroupARNs).toEqual([
      { Ref: 'WebTcp80Targets1' },
    ]);
    // Their names are those of a headless Service, and there is none.
    expect(resources[`WebOfStatefulSet${index}OfWebRecord`]).toBeUndefined();
  }
});

it('the machine is told who it is, and what is its own', () => {
  const resources = resourcesOf([withFields(statefulSet, { 'spec.ordinals': { start: 3 } }), headless()]);
  expect(Object.keys(documentOf(resources['WebOfStatefulSet3Template']).disks)).toEqual(['data-web-3']);
  const statements = resources['WebOfStatefulSet3Role'].Properties.Policies[0].PolicyDocument.Statement;
  const [disk, ...others] = statements.find(({ Sid }: Loose) => Sid === 'Disks').Resource;
  expect([disk['Fn::Sub'], others]).toEqual([expect.stringMatching(/volume\/\$\{DataWeb3X[0-9a-f]{8}Volume\}$/), []]);
});

it('without NAT a machine of its own address has a public one, too', () => {
  const resources = resourcesOf([statefulSet], { network: { egress: 'none' } });
  expect(resources['WebOfStatefulSet0AddressAssociation'].Properties).toEqual({
    AllocationId: { 'Fn::GetAtt': ['WebOfStatefulSet0Address', 'AllocationId'] },
    NetworkInterfaceId: { Ref: 'WebOfStatefulSet0Interface' },
  });
  expect(resources['WebOfStatefulSet0Group'].DependsOn).toContain('WebOfStatefulSet0AddressAssociation');
});

it('OnDelete leaves machines alone; a partition keeps the image that is named', () => {
  const images = { web: 'ami-00000001' };
  const left = resourcesOf([withFields(statefulSet, { 'spec.updateStrategy': { type: 'OnDelete' } })]);
  expect(left['WebOfStatefulSet0Group'].UpdatePolicy).toBeUndefined();
  const parted = withFields(statefulSet, {
    'spec.replicas': 2,
    'spec.updateStrategy': { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
    metadata: { name: 'web', annotations: { 'i2kit.dev/previous-image': 'ami-00000000' } },
  });
  const resources = resourcesOf([parted], { images });
  const imageOf = (index: number) =>
    resources[`WebOfStatefulSet${index}Template`].Properties.LaunchTemplateData.ImageId;
  expect([imageOf(0), imageOf(1)]).toEqual(['ami-00000000', 'ami-00000001']);
});
