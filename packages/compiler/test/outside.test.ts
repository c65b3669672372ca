// Services that select nothing in the input: told of, resolved by the context, and made records of; and the variables of all Services.
import { type AccountContext, compile } from '../src/index.ts';

const service = (name: string, spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
const db = service(
  'db',
  '{selector: {app: db}, ports: [{port: 5432}, {name: dns-udp, port: 53, protocol: UDP}]}'.replace(
    '{port: 5432}',
    '{name: sql, port: 5432}',
  ),
);

function compiled(text: string, context?: AccountContext, env = 'prod') {
  const result = compile([{ name: 'a.yaml', text }], { app: 'shop', env, ...(context && { context }) });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return {
    ...result,
    resources: result.stacks[0]?.template.Resources ?? {},
    codes: result.diagnostics.map(({ code }) => code),
  };
}

const balancer = (dnsName: string, weight = 1) => ({ dnsName, zone: 'Z2IFOLAFXWLO4F', weight, stack: 'prod-data' });

test('without a context there is a warning, and nothing is made', () => {
  const { plan, resources, codes } = compiled(db);
  expect([codes, resources]).toEqual([['I2K535', 'I2K530'], {}]);
  expect(plan.externalServices).toMatchObject([
    {
      namespace: 'default',
      name: 'db',
      selector: { app: 'db' },
      ports: [
        { port: 5432, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
      headless: false,
      loadBalancers: [],
    },
  ]);
});

test('with one, each load balancer has a weighted record of the name, under an id of its own', () => {
  const [one, two] = [balancer('a.elb.eu-west-1.amazonaws.com', 2), balancer('b.elb.eu-west-1.amazonaws.com')];
  const both = compiled(db, { version: 1, services: { prod: { 'default/db': [one, two] } } });
  expect(both.codes).not.toContain('I2K530');
  expect(Object.values(both.resources).map(({ Type, Properties }) => [Type, Properties])).toEqual(
    [one, two].map(({ dnsName, zone, weight }) => [
      'AWS::Route53::RecordSet',
      {
        HostedZoneId: { Ref: 'PrivateZone' },
        Name: 'db.default.svc.cluster.local.',
        Type: 'A',
        SetIdentifier: dnsName,
        Weight: weight,
        AliasTarget: { DNSName: dnsName, HostedZoneId: zone, EvaluateTargetHealth: true },
      },
    ]),
  );
  const alone = compiled(db, { version: 1, services: { prod: { 'default/db': [two] } } });
  expect(Object.keys(both.resources)).toContain(Object.keys(alone.resources)[0]);
});

test('a context of another environment, or of a name that every object has, says nothing', () => {
  const elsewhere = compiled(db, { version: 1, services: { staging: { 'default/db': [balancer('a')] } } });
  expect([elsewhere.codes, elsewhere.resources]).toEqual([expect.arrayContaining(['I2K530']), {}]);
  expect(compiled(db, { version: 1, services: {} }).resources).toEqual({});
});

test('a headless Service leads to no load balancer', () => {
  const headless = service('db', '{clusterIP: None, selector: {app: db}, ports: [{port: 1}]}');
  const { plan, resources } = compiled(headless, { version: 1, services: { prod: { 'default/db': [balancer('a')] } } });
  expect([plan.externalServices.map((each) => [each.headless, each.loadBalancers]), resources]).toEqual([
    [[true, []]],
    {},
  ]);
});

test("variables are Kubernetes' own, by namespace, with names for addresses", () => {
  const all = [
    db,
    service('my-web', '{selector: {app: x}, ports: [{port: 80}]}'),
    service('none', '{clusterIP: None, selector: {app: x}, ports: [{port: 80}]}'),
    service('away', '{type: ExternalName, externalName: example.com}'),
    service('web', '{selector: {app: x}, ports: [{port: 81}]}').replace('name: web', 'name: web, namespace: b'),
  ];
  expect(compiled(all.join('---\n')).plan.serviceVariables).toEqual({
    b: { WEB_SERVICE_HOST: 'web.b.svc.cluster.local', WEB_SERVICE_PORT: '81' },
    default: {
      DB_SERVICE_HOST: 'db.default.svc.cluster.local',
      DB_SERVICE_PORT: '5432',
      DB_SERVICE_PORT_DNS_UDP: '53',
      DB_SERVICE_PORT_SQL: '5432',
      MY_WEB_SERVICE_HOST: 'my-web.default.svc.cluster.local',
      MY_WEB_SERVICE_PORT: '80',
    },
  });
});
