// Applies, changes and destroys a compiled app again and again through HTTP against the AWS emulator, with wire faults and
// kills, and compares the account with the template after each step.
import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteVolumeCommand,
  DescribeLaunchTemplatesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { compile, type Lock } from '@i2kit/compiler';
import {
  bucketAdapter,
  type Clients,
  type Clock,
  cloudFormationAdapter,
  deploy,
  destroy,
  isResult,
  type Result,
  type RunEvent,
  reviewDestroy,
} from '@i2kit/runner';
import { type AwsClients, account, region } from '../awsEmulator/clients.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { type RequestRecorder, requestFaults } from '../fixtures/requestRecorder.ts';

export interface EndpointSoakFigures {
  readonly cycles: number;
  readonly seconds: number;
  /** Runs of the runner, and those that were killed. */
  readonly runs: number;
  readonly killed: number;
  readonly faults: number;
  /** Volumes that the deletion of their stack kept. */
  readonly volumes: number;
}

export interface EndpointSoak {
  readonly figures: EndpointSoakFigures;
  /** Every broken invariant, with the cycle and the step. */
  readonly violations: readonly string[];
}

const stackName = 'default-soak';
const owner = { env: 'default', app: 'soak' };
/** The runner's time passes this much faster than ours, so that its pauses are short. */
const speed = 60;

const manifest = (replicas: number, value: number) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: kept}
provisioner: ebs.csi.aws.com
parameters: {type: gp3}
reclaimPolicy: Retain
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: kept, resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: store}
spec:
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store}}
    spec:
      containers: [{name: store, image: 'example/store:1', volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1', env: [{name: VALUE, value: 'v${value}'}]}]}
`;

interface CompiledApp {
  readonly template: string;
  readonly resources: readonly string[];
  readonly lock: Lock;
}

function compiledApp(replicas: number, value: number, lock?: Lock): CompiledApp {
  const images = { store: 'ami-0123456789abcdef0', web: 'ami-0123456789abcdef0' };
  const options = { ...owner, images, config: { region }, ...(lock && { lock }) };
  const result = compile([{ name: 'soak.yaml', text: manifest(replicas, value) }], options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const template = result.stacks[0]?.template ?? { Resources: {} };
  return { template: JSON.stringify(template), resources: Object.keys(template.Resources).sort(), lock: result.lock };
}

function fastClock(): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms / speed);
        signal?.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
      }),
  };
}

export async function soakEndpoint(
  aws: AwsClients,
  recorder: RequestRecorder,
  bucketName: string,
  cycles: number,
  random: () => number,
): Promise<EndpointSoak> {
  const started = Date.now();
  const violations: string[] = [];
  const counts = { runs: 0, killed: 0, volumes: 0 };
  const options = {
    region,
    endpoint: recorder.endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
  };
  const adapter = await cloudFormationAdapter(options);
  const bucket = await bucketAdapter(options, { name: bucketName, env: owner.env, account });
  const clients: Clients = {
    region,
    cloudFormation: adapter.port,
    identity: { getCallerIdentity: async () => ({ Account: account }) },
    bucket,
    clock: fastClock(),
    random,
  };
  const before = await inventory(aws);
  const faultsBefore = recorder.faultCount();

  /** One process: to its result, or to its kill after so many events, which nothing in it sees. */
  async function runOnce(stream: AsyncGenerator<RunEvent>, killAfter: number): Promise<Result | undefined> {
    counts.runs++;
    for (let events = 0; ; events++) {
      if (events === killAfter) {
        counts.killed++;
        return undefined;
      }
      const { value, done } = await stream.next();
      if (done) return undefined;
      if (isResult(value)) return value.data;
    }
  }

  /** The command with a fault or a kill, then again until it succeeds. */
  async function untilDone(step: string, start: () => AsyncGenerator<RunEvent>): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const isDisturbed = attempt === 0 && random() < 0.8;
      const isKill = isDisturbed && random() < 0.4;
      const fault = requestFaults[Math.floor(random() * requestFaults.length)] as (typeof requestFaults)[number];
      recorder.injectFault(isDisturbed && !isKill ? Math.floor(random() * 25) : -1, fault);
      const result = await runOnce(start(), isKill ? Math.floor(random() * 12) : -1);
      recorder.injectFault(-1);
      if (result?.outcome === 'succeeded' || result?.outcome === 'unchanged') {
        // A killed run leaves its lease, and a slow one may outlive it: either ends by itself.
        const lease = await fetch(`${aws.endpoint}/${bucketName}/i2kit/default/leases/${stackName}.json`);
        const until = lease.ok ? ((await lease.json()) as { readonly until: number }).until : 0;
        if (attempt === 0 && !isDisturbed && until > clients.clock.now())
          violations.push(`${step}: the lease was not freed`);
        return;
      }
      if (attempt === 4) violations.push(`${step}: ${result?.outcome ?? 'no result'}: ${result?.message ?? ''}`);
    }
  }

  /** Physical id of the volume. */
  async function apply(step: string, app: CompiledApp): Promise<string | undefined> {
    const input = {
      stackName,
      template: app.template,
      tags: { 'i2kit:app': owner.app, 'i2kit:env': owner.env },
      owner,
      expect: { account, region },
    };
    await untilDone(step, () => deploy(clients, input, { lease: { ms: 60_000, holder: step } }));
    const { status, resources } = await describeStack(aws, stackName);
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) violations.push(`${step}: the stack is ${status}`);
    const there = Object.keys(resources).sort().join(' ');
    const claimed = app.resources.join(' ');
    if (there !== claimed) violations.push(`${step}: the stack has ${there}, its template claims ${claimed}`);
    return Object.values(resources).find(({ ResourceType }) => ResourceType === 'AWS::EC2::Volume')?.PhysicalResourceId;
  }

  async function* reviewAndDestroy(): AsyncGenerator<RunEvent> {
    const review = await reviewDestroy(clients, { stackName, owner, expect: { account } });
    yield* destroy(clients, review, { lease: { ms: 60_000, holder: 'destroy' } });
  }

  for (let cycle = 0; cycle < cycles; cycle++) {
    const at = `cycle ${cycle}`;
    const app = compiledApp(1, 0);
    const volume = await apply(`${at}: apply`, app);
    const after = await apply(`${at}: change`, compiledApp(1 + Math.floor(random() * 3), cycle + 1, app.lock));
    if (after !== volume) violations.push(`${at}: the volume ${volume} became ${after}`);
    await untilDone(`${at}: destroy`, reviewAndDestroy);
    const rest = await describeStack(aws, stackName).catch(() => undefined);
    if (rest !== undefined) violations.push(`${at}: the stack is ${rest.status}`);
    if (volume === undefined || !(await hasVolume(aws, volume))) violations.push(`${at}: the volume ${volume} is lost`);
    else {
      counts.volumes++;
      // Its owner no longer needs it.
      await aws.ec2.send(new DeleteVolumeCommand({ VolumeId: volume }));
    }
    const more = (await inventory(aws)).filter((each) => !before.includes(each));
    if (more.length > 0) violations.push(`${at}: left behind: ${more.join(', ')}`);
  }
  adapter.close();
  bucket.close();
  const seconds = Math.round((Date.now() - started) / 1000);
  return { figures: { cycles, seconds, ...counts, faults: recorder.faultCount() - faultsBefore }, violations };
}

async function hasVolume({ ec2 }: AwsClients, id: string): Promise<boolean> {
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
  return Volumes.some(({ VolumeId }) => VolumeId === id);
}

/** Everything that a stack of the app could leave behind. */
async function inventory({ ec2, autoScaling, iam, logs }: AwsClients): Promise<readonly string[]> {
  const [groups, templates, scaling, roles, logGroups, volumes] = await Promise.all([
    ec2.send(new DescribeSecurityGroupsCommand({})),
    ec2.send(new DescribeLaunchTemplatesCommand({})),
    autoScaling.send(new DescribeAutoScalingGroupsCommand({})),
    iam.send(new ListRolesCommand({})),
    logs.send(new DescribeLogGroupsCommand({})),
    ec2.send(new DescribeVolumesCommand({})),
  ]);
  return [
    ...(groups.SecurityGroups ?? []).map(({ GroupId }) => `${GroupId}`),
    ...(templates.LaunchTemplates ?? []).map(({ LaunchTemplateId }) => `${LaunchTemplateId}`),
    ...(scaling.AutoScalingGroups ?? []).map(({ AutoScalingGroupName }) => `${AutoScalingGroupName}`),
    ...(roles.Roles ?? []).map(({ Arn }) => `${Arn}`),
    ...(logGroups.logGroups ?? []).map(({ logGroupName }) => `${logGroupName}`),
    ...(volumes.Volumes ?? []).map(({ VolumeId }) => `${VolumeId}`),
  ].sort();
}
