// `i2kit graph`: the allowed traffic of a template in three formats that no text of a manifest can break out of.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dot, type Graph, graphOf, mermaid, type Template } from '@i2kit/review';
import fc from 'fast-check';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

const here = import.meta.dirname;
const graphOfExample = (name: string, stack: string): Graph => {
  const file = join(here, '../../templates', name, `${stack}.template.json`);
  return graphOf(stack, {
    template: JSON.parse(readFileSync(file, 'utf8')) as Template,
    known: { region: 'eu-west-1' },
  });
};

/** `the internet -> public network load balancer: tcp/80`. */
const edgeLines = ({ nodes, edges }: Graph): readonly string[] => {
  const title = (id: string) => nodes.find((node) => node.id === id)?.title;
  return edges.map(
    ({ from, to, labels }) => `${title(from)} -> ${title(to)}${labels.length > 0 ? `: ${labels.join('; ')}` : ''}`,
  );
};

const lines = ({ nodes }: Graph, title: string) =>
  nodes.filter((node) => node.title === title).map((node) => node.lines);

let folder: WorkingFolder;
beforeEach(() => {
  folder = createFolder('http://127.0.0.1:9', 'voting');
});
afterEach(() => folder.remove());

test.each(['mermaid', 'dot', 'svg'])('voting, drawn as %s', async (form) => {
  const golden = join(here, 'graphs', `voting.${form}`);
  const { code, stdout, stderr } = await folder.run('graph', '-f', '.', '-o', form);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  if (process.env['UPDATE_GOLDENS']) writeFileSync(golden, stdout);
  expect(stdout).toBe(readFileSync(golden, 'utf8'));
});

test('bad input is said, and nothing is drawn', async () => {
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: many');
  expect(await folder.run('graph', '-f', '.')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('vote.yaml:'),
  });
});

test('policies are named, and ranges of addresses stand together', () => {
  expect(edgeLines(graphOfExample('policies', 'default-policies'))).toEqual([
    '10.20.0.0/20 and 7 more ranges -> internal network load balancer: tcp/5432',
    '10.20.0.0/20 and 7 more ranges -> Deployment/db: tcp/5432 by NetworkPolicy/db',
    'any address -> Deployment/front: tcp/3000 by NetworkPolicy/front',
    'the internet -> public network load balancer: tcp/80',
    'internal network load balancer -> Deployment/api: Service/api tcp/8080',
    'internal network load balancer -> Deployment/db: Service/db tcp/5432',
    'public network load balancer -> Deployment/front: Service/front tcp/80',
    'Deployment/api -> internal network load balancer: tcp/5432 by NetworkPolicy/db',
    'Deployment/api -> Deployment/db: tcp/5432 by NetworkPolicy/db',
    'Deployment/front -> internal network load balancer: tcp/8080 by NetworkPolicy/api',
    'Deployment/front -> Deployment/api: tcp/8080 by NetworkPolicy/api',
  ]);
});

test('the ordinals of a StatefulSet are one node, with their names and disks', () => {
  const graph = graphOfExample('quorum', 'default-quorum');
  expect(lines(graph, 'StatefulSet/store')).toEqual([
    [
      '3 × t3.small',
      'members.default.svc.cluster.local',
      'store-0.members.default.svc.cluster.local',
      'store-1.members.default.svc.cluster.local',
      'store-2.members.default.svc.cluster.local',
    ],
  ]);
  expect(lines(graph, 'PersistentVolumeClaim/data-store-1')).toEqual([['20 GiB of gp3', 'eu-west-1b']]);
  expect(edgeLines(graph).filter((edge) => edge.startsWith('StatefulSet/store'))).toEqual(
    [0, 1, 2].map((n) => `StatefulSet/store -> PersistentVolumeClaim/data-store-${n}`),
  );
});

test('what runs at times says when, and what scales says how far', () => {
  expect(lines(graphOfExample('jobs', 'default-jobs'), 'CronJob/report')).toEqual([
    ['1 × t3.nano at 30 3 * * 1,2,3,4,5 Europe/Vienna'],
  ]);
  expect(lines(graphOfExample('jobs', 'default-jobs'), 'Job/thumbnails')).toEqual([['3 × t3.large']]);
  expect(lines(graphOfExample('scaling', 'default-scaling'), 'Deployment/api')[0]?.[0]).toBe('3 to 12 × t3.micro');
});

test('paths of an Ingress stand on what leads from its load balancer', () => {
  const graph = graphOfExample('web', 'default-web');
  expect(edgeLines(graph)).toContain(
    'public application load balancer -> Deployment/api: Ingress/shop https/443 shop.example.com/api/v2, …',
  );
});

test('machines that may not ask everything say what they may', () => {
  const template: Template = {
    Resources: {
      Firewall: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }] },
      },
      Run: {
        Type: 'AWS::EC2::Instance',
        Properties: { InstanceType: 't3.nano', SecurityGroupIds: [{ 'Fn::GetAtt': ['Firewall', 'GroupId'] }] },
      },
    },
  };
  expect(graphOf('s', { template }).nodes).toEqual([
    { id: 'n1', kind: 'machines', title: 'Run', lines: ['1 × t3.nano', 'out: tcp/443 to 10.0.0.0/8'] },
  ]);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '"]',
    '"];evil["',
    '<script>alert(1)</script>',
    '#quot;',
    '`**a**`',
    '\\',
    '\\"',
    '"]; a -> b [label="',
    '&lt;',
    '%%{init: {}}%%',
    'end',
    '\n  a --> b',
    '-->',
  ),
);

test('no name leaves its label', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (title, line, label) => {
      const nodes = ['n1', 'n2'].map((id) => ({ id, kind: 'machines' as const, title, lines: [line] }));
      const graph: Graph = { stack: title, nodes, edges: [{ from: 'n1', to: 'n2', kind: 'traffic', labels: [label] }] };
      const [head, ...drawn] = mermaid([graph]).trimEnd().split('\n');
      expect(head).toBe('flowchart LR');
      expect(drawn.map((each) => each.replace(/"[^"<>`&\\]*(<br>[^"<>`&\\]*)*"/g, '""'))).toEqual([
        '  n1[""]',
        '  n2[""]',
        '  n1 -->|""| n2',
      ]);
      const strings = /"(?:[^"\\\n]|\\.)*"/g;
      expect(dot([graph]).replace(strings, '""')).toBe(
        dot([
          {
            ...graph,
            nodes: nodes.map((node) => ({ ...node, title: 'a', lines: [] })),
            edges: graph.edges.map((edge) => ({ ...edge, labels: ['a'] })),
          },
        ]).replace(strings, '""'),
      );
    }),
  );
});

test('hostile names are text in the picture, too', async () => {
  const { drawSvg: svg } = await import('../../packages/cli/src/bundles/drawing.ts');
  const title = '<script>alert(1)</script>&lt;b&gt; \\N "x"';
  const drawn = await svg(
    dot([{ stack: 's', nodes: [{ id: 'n1', kind: 'machines', title, lines: [] }], edges: [] }]),
    title,
  );
  expect(drawn).not.toMatch(/<script|<b>/);
  const text = /<text [^>]*>([^<]*)<\/text>/.exec(drawn)?.[1] ?? '';
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#45': '-', '#160': ' ' };
  expect(text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)).toBe(title);
});
