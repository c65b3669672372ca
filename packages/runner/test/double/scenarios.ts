// The operations that faults are injected into, each from a prepared account to a known end.
import type { Clients, ExecuteOptions, RunEvent, StackInput } from '../../src/index.ts';
import { type FakeAccount, findStack } from './fakeAccount.ts';
import { fakeCloudFormation } from './fakeCloudFormation.ts';
import { type Parts, templateOf } from './template.ts';

/** The runner under test: the real one, or a mutant. */
export type Runner = Pick<typeof import('../../src/index.ts'), 'deploy' | 'destroy' | 'reviewDestroy' | 'recover'>;

export interface Scenario {
  readonly name: string;
  /** Exit code and status without any fault. */
  readonly exit: number;
  readonly status: string;
  /** Final template of the stack; undefined: it should be deleted. */
  readonly wanted: string | undefined;
  /** The result's message without faults. */
  readonly says: RegExp;
  /** The user requested the deletion. */
  readonly asksDeletion?: true;
  /** No fault is injected: the behaviour is optional, and a fault may disable it. */
  readonly undisturbed?: true;
  /** There is a bucket, and the run takes a lease in it. */
  readonly leased?: true;
  prepare(it: FakeAccount): Promise<void>;
  go(runner: Runner, clients: Clients, options: ExecuteOptions): AsyncIterable<RunEvent>;
}

export const stackName = 'prod-shop';
const group = 'AWS::AutoScaling::AutoScalingGroup';

const before: Parts = {
  Net: { type: 'AWS::EC2::SecurityGroup' },
  Disk: { type: 'AWS::EC2::Volume', identity: 'a', policy: 'Retain' },
  Web: { type: group, setting: '1' },
  Old: { type: 'AWS::Route53::RecordSet' },
};
const { Old: _, ...kept } = before;
const after: Parts = { ...kept, Web: { type: group, setting: '2', ms: 9_000 }, Api: { type: group } };
const broken: Parts = {
  ...kept,
  Web: { type: group, setting: '2' },
  Api: { type: group, setting: '1', fails: ['update'] },
  Late: { type: group },
};
/** An older failure, which must never be reported. */
const brokenBefore: Parts = { ...kept, Web: { type: group, setting: '9', fails: ['update'], why: 'An older failure' } };
const brokenForGood: Parts = { ...kept, Web: { type: group, setting: '2', fails: ['update', 'rollback'] } };
const unborn: Parts = {
  Net: { type: 'AWS::EC2::SecurityGroup' },
  Web: { type: group, fails: ['create'] },
  Api: { type: group },
};
const harmful: Parts = { ...kept, Disk: { type: 'AWS::EC2::Volume', identity: 'b', policy: 'Retain' } };
const orphaning: Parts = {
  Disk: { type: 'AWS::EC2::Volume', policy: 'Retain' },
  Web: { type: group, fails: ['create'] },
};
const served: Parts = {
  Targets: { type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  Web: { type: group, setting: '1' },
};
const larger: Parts = { ...served, Web: { type: group, setting: '3' } };
const clinging: Parts = {
  Net: { type: 'AWS::EC2::SecurityGroup', fails: ['delete'] },
  Web: { type: group, setting: '1' },
};

/** Holders of leases. */
export const leaseHolder = 'me';
const lease: ExecuteOptions = { lease: { ms: 10_000, holder: leaseHolder } };

/** Another run's lease, as of now. */
function placeLease(it: FakeAccount, holder: string, ms: number): void {
  const since = it.clock.now();
  it.bucket.set(`leases/${stackName}.json`, JSON.stringify({ id: holder, holder, since, until: since + ms }));
}

/** Of this stack. */
const owner = { env: 'prod', app: 'shop' };
export const tags = { 'i2kit:app': 'shop', 'i2kit:env': 'prod' };

export const input = (parts: Parts): StackInput => ({
  stackName,
  template: templateOf(parts),
  parameters: { Size: '2' },
  tags,
  owner,
  expect: { account: '123456789012', region: 'eu-west-1' },
});

/** As another tool would do it, to its end. */
export async function deployByOtherTool(
  it: FakeAccount,
  parts: Parts,
  theirs: Readonly<Record<string, string>> = tags,
): Promise<void> {
  const api = fakeCloudFormation(it);
  const existing = findStack(it, stackName);
  const name = `setup-${++it.serial}`;
  const { Id = '' } = await api.createChangeSet({
    StackName: stackName,
    ChangeSetName: name,
    ChangeSetType: existing && existing.status !== 'REVIEW_IN_PROGRESS' ? 'UPDATE' : 'CREATE',
    ClientToken: name,
    Description: 'setup',
    TemplateBody: templateOf(parts),
    Tags: Object.entries(theirs).map(([Key, Value]) => ({ Key, Value })),
  });
  await it.clock.sleep(2_000);
  await api.executeChangeSet({ ChangeSetName: Id, ClientRequestToken: name });
  await it.clock.sleep(600_000);
}

const apply =
  (parts: Parts, more: ExecuteOptions = {}): Scenario['go'] =>
  (runner, clients, options) =>
    runner.deploy(clients, input(parts), { ...options, ...more });

async function* reviewAndDestroy(runner: Runner, clients: Clients, options: ExecuteOptions): AsyncGenerator<RunEvent> {
  yield* runner.destroy(
    clients,
    await runner.reviewDestroy(clients, { stackName, owner, expect: { account: '123456789012' } }, options),
    options,
  );
}

const appliedOutcome = { exit: 0, says: /is (CREATE|UPDATE)_COMPLETE/ } as const;

export const scenarios: readonly Scenario[] = [
  {
    name: 'create',
    ...appliedOutcome,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: async () => {},
    go: apply(before),
  },
  {
    name: 'update',
    ...appliedOutcome,
    status: 'UPDATE_COMPLETE',
    wanted: templateOf(after),
    prepare: (it) => deployByOtherTool(it, before),
    go: apply(after),
  },
  {
    name: 'update under a lease',
    ...appliedOutcome,
    status: 'UPDATE_COMPLETE',
    wanted: templateOf(after),
    leased: true,
    prepare: (it) => deployByOtherTool(it, before),
    go: apply(after, lease),
  },
  {
    name: 'update that another keeps away from',
    exit: 4,
    says: /held by other since .* That run is alive: it has just renewed the lease\. Nothing was started/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    leased: true,
    undisturbed: true,
    prepare: async (it) => {
      await deployByOtherTool(it, before);
      const renew = (): void => {
        placeLease(it, 'other', 60_000);
        it.clock.after(30_000, renew);
      };
      renew();
    },
    go: apply(after, lease),
  },
  {
    name: 'update that a dead run keeps away from',
    ...appliedOutcome,
    status: 'UPDATE_COMPLETE',
    wanted: templateOf(after),
    leased: true,
    prepare: async (it) => {
      await deployByOtherTool(it, before);
      placeLease(it, 'dead', 60_000);
    },
    go: apply(after, lease),
  },
  {
    name: 'update of size',
    ...appliedOutcome,
    status: 'UPDATE_COMPLETE',
    wanted: templateOf(larger),
    prepare: async (it) => {
      await deployByOtherTool(it, served);
      it.fleet = { desired: 3, up: it.clock.now() + 240_000 };
    },
    go: apply(larger, { waitForTargets: true }),
  },
  {
    name: 'update of size that fails',
    exit: 3,
    says: /is complete, but 1 of 3 machines are in service.*No progress for 10 minutes: Web: /,
    status: 'UPDATE_COMPLETE',
    wanted: templateOf(larger),
    prepare: async (it) => {
      await deployByOtherTool(it, served);
      it.fleet = { desired: 3, up: Number.POSITIVE_INFINITY };
    },
    go: apply(larger, { waitForTargets: true }),
  },
  {
    name: 'no-op with sick machines',
    exit: 3,
    says: /is complete, but 1 of 3 machines are in service/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(served),
    prepare: async (it) => {
      await deployByOtherTool(it, served);
      it.fleet = { desired: 3, up: Number.POSITIVE_INFINITY };
    },
    go: apply(served, { waitForTargets: true }),
  },
  {
    name: 'no-op',
    exit: 0,
    says: /nothing to do/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: (it) => deployByOtherTool(it, before),
    go: apply(before),
  },
  {
    name: 'no-op, said otherwise',
    exit: 0,
    says: /nothing to do/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: async (it) => {
      it.noChange = 'No updates are to be performed.';
      await deployByOtherTool(it, before);
    },
    go: apply(before),
  },
  {
    name: 'update that would lose data',
    exit: 4,
    says: /Disk \(AWS::EC2::Volume, data\) would be replaced.*--allow-replace Disk/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: (it) => deployByOtherTool(it, before),
    go: apply(harmful),
  },
  {
    name: 'remake that would lose data',
    exit: 4,
    says: /ROLLBACK_COMPLETE .*Disk \(AWS::EC2::Volume, data\) would be orphaned/,
    status: 'ROLLBACK_COMPLETE',
    wanted: templateOf(orphaning),
    prepare: (it) => deployByOtherTool(it, orphaning),
    go: apply(before),
  },
  {
    name: 'apply after a rollback that failed',
    exit: 4,
    says: /UPDATE_ROLLBACK_FAILED: Web .*planted root cause.*i2kit recover prod-shop --skip Web/,
    status: 'UPDATE_ROLLBACK_FAILED',
    wanted: templateOf(before),
    prepare: async (it) => {
      await deployByOtherTool(it, before);
      await deployByOtherTool(it, brokenForGood);
    },
    go: apply(after),
  },
  {
    name: "another's stack",
    exit: 4,
    says: /already exists and is that of the app prod-shop in the environment eu, not that of the app shop in the environment prod\. Nothing was started/,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: (it) => deployByOtherTool(it, before, { 'i2kit:app': 'prod-shop', 'i2kit:env': 'eu' }),
    go: apply(after),
  },
  {
    name: 'delete',
    exit: 0,
    says: /DELETE_COMPLETE|gone|nothing to do/,
    status: 'DELETE_COMPLETE',
    wanted: undefined,
    asksDeletion: true,
    prepare: (it) => deployByOtherTool(it, before),
    go: reviewAndDestroy,
  },
  {
    name: 'rollback',
    exit: 3,
    says: /update failed and was rolled back: Api .*planted root cause/,
    status: 'UPDATE_ROLLBACK_COMPLETE',
    wanted: templateOf(before),
    prepare: async (it) => {
      await deployByOtherTool(it, before);
      await deployByOtherTool(it, brokenBefore);
    },
    go: apply(broken),
  },
  {
    name: 'failed create',
    exit: 3,
    says: /creation failed and was rolled back: Web .*planted root cause/,
    status: 'ROLLBACK_COMPLETE',
    wanted: templateOf(unborn),
    prepare: async () => {},
    go: apply(unborn),
  },
  {
    name: 'remake',
    ...appliedOutcome,
    status: 'CREATE_COMPLETE',
    wanted: templateOf(before),
    prepare: (it) => deployByOtherTool(it, unborn),
    go: apply(before),
  },
  {
    name: 'recover',
    exit: 0,
    says: /UPDATE_ROLLBACK_COMPLETE/,
    status: 'UPDATE_ROLLBACK_COMPLETE',
    wanted: templateOf(before),
    prepare: async (it) => {
      await deployByOtherTool(it, before);
      await deployByOtherTool(it, brokenForGood);
    },
    go: (runner, clients, options) =>
      runner.recover(clients, { stackName, skip: ['Web'], expect: { account: '123456789012' } }, options),
  },
  {
    name: 'delete that fails',
    exit: 3,
    says: /deletion failed: Net .*planted root cause/,
    status: 'DELETE_FAILED',
    wanted: templateOf(clinging),
    asksDeletion: true,
    prepare: (it) => deployByOtherTool(it, clinging),
    go: reviewAndDestroy,
  },
];

export const parts = {
  harmful,
  orphaning,
  before,
  after,
  broken,
  brokenForGood,
  unborn,
  clinging,
};
