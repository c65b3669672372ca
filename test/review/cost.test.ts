// `i2kit cost`: the monthly cost of objects, of a change, and unknown prices.
import { costSummaryOf, costText, emptyTemplate, reviewStack, stackCostOf, type Template } from '@i2kit/review';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

let folder: WorkingFolder;
beforeEach(() => {
  folder = createFolder('http://127.0.0.1:9', 'voting', { AWS_REGION: '', AWS_DEFAULT_REGION: '' });
});
afterEach(() => folder.remove());

interface Json {
  readonly stacks: readonly {
    readonly before: number;
    readonly after: number;
    readonly objects: readonly {
      readonly object: string;
      readonly before: number;
      readonly after: number;
      readonly items: readonly object[];
    }[];
  }[];
}

test('by object, the dearest first, and it adds up', async () => {
  const { code, stdout, stderr } = await folder.run('cost', '-f', '.', '-o', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { stacks, ...rest } = JSON.parse(stdout) as Json;
  expect(rest).toMatchObject({
    version: 1,
    region: 'eu-west-1',
    currency: 'USD',
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
  const [stack] = stacks;
  const dollars = stack?.objects.map(({ after }) => after) ?? [];
  expect(dollars).toEqual([...dollars].sort((a, b) => b - a));
  expect(Math.abs(dollars.reduce((sum, each) => sum + each, 0) - (stack?.after ?? 0))).toBeLessThan(0.05);
  // 3 × t3.nano at $0.0057 and 3 × 8 GiB of gp3 at $0.088, 730 hours.
  const vote = stack?.objects.find(({ object }) => object === 'Deployment/default/vote');
  expect(vote?.after).toBeCloseTo(3 * 0.0057 * 730 + 3 * 8 * 0.088, 2);
});

test('against a directory: what the change costs', async () => {
  await folder.run('synth', '-f', '.', '-d', 'out', '-q');
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  const { code, stdout } = await folder.run('cost', '-f', '.', '--against', 'out');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^default-voting in eu-west-1, a month +\$\d+\.\d\d {3}\+\$9\.73\/month$/m);
  expect(stdout).toMatch(/^ {2}Deployment\/vote +\$24\.33 {3}\+\$9\.73\/month$/m);
  expect(stdout).toMatch(/^ {2}Deployment\/db +\$17\.35 {3}\+\$0\.00\/month$/m);
  expect(stdout).toContain('An estimate, from list prices of');
});

test('without a region there are no prices, and it is said', async () => {
  folder.write('i2kit.yaml', 'app: voting\n');
  expect(await folder.run('cost', '-f', 'worker.yaml')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('error: Prices depend on the region'),
  });
});

test('what has no known price is said, and not taken for free', () => {
  const template: Template = {
    Resources: {
      Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 'x9.future' } } },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Metadata: { 'i2kit:origin': 'Deployment/default/web#/spec' },
        Properties: { MinSize: '2', MaxSize: '6', LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } },
      },
      Nightly: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '0',
          MaxSize: '1',
          DesiredCapacity: '0',
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } },
        },
      },
      Schedule: {
        Type: 'AWS::AutoScaling::ScheduledAction',
        Properties: { AutoScalingGroupName: { Ref: 'Nightly' }, DesiredCapacity: 1, Recurrence: '0 3 * * *' },
      },
      Run: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } } },
      Fast: { Type: 'AWS::EC2::Volume', Properties: { Size: 10, VolumeType: 'gp3', Iops: 6000, Throughput: 125 } },
      Plain: { Type: 'AWS::EC2::Volume', Properties: { Size: 10, VolumeType: 'gp3', Iops: 3000 } },
      Shop: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Type: 'application', Scheme: 'internet-facing' },
      },
      Address: { Type: 'AWS::EC2::NetworkInterface' },
    },
  };
  expect(costSummaryOf(template, 'eu-west-1')).toMatchObject({
    items: [
      { id: 'Fast', what: '10 GiB of gp3', dollars: expect.closeTo(0.88) },
      { id: 'Plain', what: '10 GiB of gp3', dollars: expect.closeTo(0.88) },
      { id: 'Shop', what: '1 application load balancer' },
    ],
    unknown: [
      { id: 'Group', what: '2 × x9.future, the fewest' },
      { id: 'Nightly', what: '1 × x9.future at 0 3 * * *, while it runs' },
      { id: 'Run', what: '1 × x9.future, while it runs' },
      { id: 'Fast', what: 'provisioned performance (6000 IOPS, 125 MiB/s)' },
      { id: 'Shop', what: 'public addresses of a load balancer (one per zone)' },
    ],
  });
  expect(costSummaryOf(template, 'mars-east-1').items).toEqual([]);
  const estimate = stackCostOf(
    reviewStack({
      stack: 'shop',
      before: { template: emptyTemplate },
      after: { template, known: { region: 'eu-west-1' } },
    }),
  );
  const text = costText(estimate ? [estimate] : [], { region: 'eu-west-1', compared: false });
  expect(text).toMatch(/^ {2}Deployment\/web +\$0\.00\n {4}2 × x9\.future, the fewest +not known$/m);
});
