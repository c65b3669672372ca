// Creates, changes and deletes every app's stack in the AWS emulator, reads the resources back through the AWS SDK,
// and compares them with the manifests themselves, not with our plan.
import { gunzipSync } from 'node:zlib';
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { compile } from '@i2kit/compiler';
import { parseAllDocuments } from 'yaml';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { readStack, type StackContents } from '../awsEmulator/readStack.ts';
import { createStack, deleteStack, describeStack, updateStack } from '../awsEmulator/stack.ts';
import { type App, apps, compileApp, templateOf } from './apps.ts';
import type { Loose } from './invariants.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  await seedEnvironment(clients, 'default');
  await seedEnvironment(clients, 'staging');
});

afterAll(async () => {
  await emulator?.stop();
});

/** The objects of an app as written. */
const objectsOf = ({ sources }: App): readonly Loose[] =>
  sources
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Loose))
    .filter(Boolean)
    .flatMap((object) => (object.kind === 'List' ? object.items : [object]));

const parametersOf = (template: Loose): Record<string, string> =>
  Object.fromEntries(
    Object.entries(template.Parameters ?? {})
      .filter(([, parameter]) => (parameter as Loose).Default === undefined)
      .map(([name]) => [name, 'ami-0123456789abcdef0']),
  );

/** Resources of the stack that come from an object, as read back. */
function resourcesOfObject<T>(
  template: Loose,
  read: Readonly<Record<string, T>>,
  kind: string,
  object: Loose,
): readonly T[] {
  const origin = `${kind}/${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;
  return Object.entries(read)
    .filter(([id]) => template.Resources[id].Metadata['i2kit:origin'].split('#')[0] === origin)
    .map(([, value]) => value);
}

function payloadIn(userData: string): Loose {
  return JSON.parse(gunzipSync(Buffer.from(JSON.parse(userData).payload, 'base64')).toString('utf8'));
}

/** The pod template of a workload; undefined for other objects. */
const podIn = (object: Loose): Loose =>
  object.kind === 'Pod' ? object : (object.kind === 'CronJob' ? object.spec.jobTemplate.spec : object.spec)?.template;

const scalerOf = ({ kind, metadata }: Loose, objects: readonly Loose[]): Loose =>
  objects.find(
    (object) =>
      object.kind === 'HorizontalPodAutoscaler' &&
      object.spec.scaleTargetRef.kind === kind &&
      object.spec.scaleTargetRef.name === metadata.name,
  );

function expectAutoscaler(
  autoscaler: Loose,
  template: Loose,
  made: StackContents,
  group: AutoScalingGroup | undefined,
): void {
  expect(group?.MinSize).toBe(autoscaler.spec.minReplicas);
  expect(group?.MaxSize).toBe(autoscaler.spec.maxReplicas);
  const policies = resourcesOfObject(template, made.scalingPolicies, 'HorizontalPodAutoscaler', autoscaler);
  expect(policies).toHaveLength(autoscaler.spec.metrics.length);
  for (const policy of policies) expect(policy.PolicyType).toBe('TargetTrackingScaling');
}

function expectWorkload(workload: Loose, template: Loose, made: StackContents, objects: readonly Loose[]): void {
  const { kind } = workload;
  const [launch] = resourcesOfObject(template, made.launchTemplates, kind, workload);
  expect(launch?.data.MetadataOptions?.HttpTokens).toBe('required');
  const [group] = resourcesOfObject(template, made.groups, kind, workload);
  if (kind === 'Job') {
    const machines = resourcesOfObject(template, made.instances, kind, workload);
    expect(machines).toHaveLength(workload.spec.completions ?? 1);
    for (const { userData } of machines) expectPod(workload, userData);
    return;
  }
  if (kind === 'CronJob') {
    expect([group?.MinSize, group?.DesiredCapacity]).toEqual([0, 0]);
    const [action] = resourcesOfObject(template, made.scheduledActions, kind, workload);
    expect(action).toMatchObject({ DesiredCapacity: 1, TimeZone: workload.spec.timeZone });
  } else if (kind === 'StatefulSet') {
    const { replicas = 1, ordinals, volumeClaimTemplates = [] } = workload.spec;
    const names = Array.from(
      { length: replicas },
      (_, index) => `${workload.metadata.name}-${(ordinals?.start ?? 0) + index}`,
    );
    const all = resourcesOfObject(template, made.launchTemplates, kind, workload).map(({ userData }) => userData);
    expect(all.map((userData) => payloadIn(userData).pod.name)).toEqual(names);
    for (const [index, userData] of all.entries()) {
      const disks = volumeClaimTemplates.map(({ metadata }: Loose) => `${metadata.name}-${names[index]}`);
      expect(Object.keys(JSON.parse(userData).disks ?? {})).toEqual(disks);
    }
    expect(
      resourcesOfObject(template, made.groups, kind, workload).map(({ DesiredCapacity, MaxSize }) => [
        DesiredCapacity,
        MaxSize,
      ]),
    ).toEqual(names.map(() => [1, 1]));
  } else {
    const autoscaler = scalerOf(workload, objects);
    expect(group?.DesiredCapacity).toBe(autoscaler?.spec.minReplicas ?? workload.spec.replicas ?? 1);
    if (autoscaler) expectAutoscaler(autoscaler, template, made, group);
    expect(group?.hooks.map(({ LifecycleTransition }) => LifecycleTransition)).toEqual([
      'autoscaling:EC2_INSTANCE_TERMINATING',
    ]);
  }
  expectPod(workload, launch?.userData ?? '');
}

function expectPod(workload: Loose, userData: string): void {
  const document = JSON.parse(userData || '{}');
  expect(document).toMatchObject({
    apiVersion: 'i2kit.dev/agent/v1',
    region: 'eu-west-1',
    stack: expect.stringMatching(/^arn:aws:cloudformation:/),
  });
  const { pod } = payloadIn(userData);
  const written = podIn(workload).spec;
  expect(pod.containers.map(({ name, image }: Loose) => [name, image])).toEqual(
    // The tag beside a digest does not count.
    written.containers.map(({ name, image }: Loose) => [name, image.replace(/:[^/:@]+@/, '@')]),
  );
  written.containers.forEach((container: Loose, position: number) => {
    for (const { name, value } of container.env ?? []) {
      if (value === undefined) continue;
      expect(pod.containers[position].env.filter((entry: Loose) => entry.name === name).at(-1)).toEqual(
        value.includes('$(') ? { name, expand: value } : { name, value },
      );
    }
    expect(pod.containers[position].command).toEqual(container.command);
    expect(pod.containers[position].args).toEqual(container.args);
  });
  if (workload.kind === 'StatefulSet') expect(pod.labels).toMatchObject(podIn(workload).metadata?.labels);
  else expect(pod.labels).toEqual(podIn(workload).metadata?.labels);
}

function expectService(service: Loose, template: Loose, made: StackContents): void {
  const { spec } = service;
  const namespace = service.metadata.namespace ?? 'default';
  const records = resourcesOfObject(template, made.records, 'Service', service).flat();
  // The machines of a Deployment are named by their agents.
  const byMachines = spec.clusterIP === 'None' || service.metadata.annotations?.['i2kit.dev/via'] === 'dns';
  if (byMachines && records.length === 0) return;
  expect(records.map(({ Name }) => Name)).toContain(`${service.metadata.name}.${namespace}.svc.cluster.local.`);
  if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return;
  const listeners = resourcesOfObject(template, made.listeners, 'Service', service);
  const expected = new Set(spec.ports.flatMap((port: Loose) => [port.port, ...(port.nodePort ? [port.nodePort] : [])]));
  const rules = resourcesOfObject(template, made.rules, 'Service', service);
  // By host, with a rule per port in place of a listener.
  if (rules.length > 0) {
    expect(rules).toHaveLength(expected.size);
    // The emulator does not keep host patterns, so they are read from the template.
    for (const { Properties } of resourcesOfObject<Loose>(template, template.Resources, 'Service', service)) {
      const hosts = Properties.Conditions?.[0].HostHeaderConfig.RegexValues[0];
      if (hosts) expect(`${service.metadata.name}.${namespace}.svc.cluster.local:80`).toMatch(new RegExp(hosts));
    }
  } else expect(new Set(listeners.map(({ Port }) => Port))).toEqual(expected);
  for (const target of resourcesOfObject(template, made.targetGroups, 'Service', service)) {
    expect(target).toMatchObject({
      HealthCheckPort: '10256',
      HealthCheckPath: '/readyz',
      HealthCheckProtocol: 'HTTP',
      TargetType: 'instance',
    });
    const numeric = spec.ports.map((port: Loose) => port.targetPort ?? port.port);
    if (numeric.every((port: Loose) => typeof port === 'number')) expect(numeric).toContain(target.Port);
  }
  const balancers = resourcesOfObject(template, made.loadBalancers, 'Service', service);
  expect(balancers).toHaveLength(spec.type === 'LoadBalancer' ? 1 : 0);
  for (const balancer of balancers) expect(balancer.Type).toBe('network');
}

function expectIngress(ingress: Loose, template: Loose, made: StackContents): void {
  const written: readonly Loose[] = ingress.spec.rules ?? [];
  const hosts: string[] = written.map(({ host }) => host);
  const records = resourcesOfObject(template, made.records, 'Ingress', ingress).flat();
  expect(new Set(records.map(({ Name }) => Name))).toEqual(new Set(hosts.map((host) => `${host}.`)));
  const rules = resourcesOfObject(template, made.rules, 'Ingress', ingress);
  const values = (field: string) =>
    rules.flatMap(({ Conditions = [] }) => Conditions.flatMap((one) => (one.Field === field ? valuesOf(one) : [])));
  expect(new Set(values('host-header'))).toEqual(new Set(hosts));
  for (const { path, pathType } of written.flatMap(({ http }) => http.paths)) {
    const base = path.replace(/\/$/, '');
    if (base !== '')
      expect(values('path-pattern')).toEqual(
        expect.arrayContaining(pathType === 'Prefix' ? [base, `${base}/*`] : [base]),
      );
  }
}

const valuesOf = ({ Values, HostHeaderConfig, PathPatternConfig }: RuleCondition): readonly string[] =>
  HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? Values ?? [];

/** The same app with one more machine per Deployment, and another value in each environment. */
const changed = (app: App): App => ({
  ...app,
  sources: app.sources.map(({ name, text }) => {
    const documents = parseAllDocuments(text).map((document) => document.toJS() as Loose);
    for (const object of documents.filter(Boolean).flatMap((each) => (each.kind === 'List' ? each.items : [each]))) {
      const pod = podIn(object);
      if (pod === undefined) continue;
      const claims = (pod.spec.volumes ?? []).some((volume: Loose) => volume.persistentVolumeClaim);
      if (!claims && object.kind === 'Deployment' && !scalerOf(object, documents))
        object.spec.replicas = (object.spec.replicas ?? 1) + 1;
      pod.spec.containers[0].env = [...(pod.spec.containers[0].env ?? []), { name: 'CHANGED', value: 'yes' }];
    }
    return {
      name,
      text: documents
        .filter(Boolean)
        .map((each) => JSON.stringify(each))
        .join('\n---\n'),
    };
  }),
});

describe.each(apps)('$name', (app) => {
  test('is created, updated and deleted, and holds what the manifests said', async () => {
    const template = templateOf(app) as Loose;
    const name = `${app.config.env ?? 'default'}-${app.name}`;
    await createStack(clients, name, template, parametersOf(template));
    const made = await readStack(clients, name);
    for (const object of objectsOf(app)) {
      if (podIn(object) !== undefined) expectWorkload(object, template, made, objectsOf(app));
      if (object.kind === 'Service') expectService(object, template, made);
      if (object.kind === 'Ingress') expectIngress(object, template, made);
    }

    const after = changed(app);
    const next = templateOf(after) as Loose;
    await updateStack(clients, name, next, parametersOf(next));
    const remade = await readStack(clients, name);
    for (const object of objectsOf(after))
      if (podIn(object) !== undefined) expectWorkload(object, next, remade, objectsOf(after));
    // The names of a Job's machines depend on its template: a changed one creates another machine.
    expect(Object.keys(made.instances).filter((id) => id in remade.instances)).toEqual([]);
    for (const [id, { userData }] of Object.entries(made.launchTemplates)) {
      if (userData === '') continue;
      expect(remade.launchTemplates[id]?.version).toBeGreaterThan(made.launchTemplates[id]?.version ?? 0);
      expect(remade.launchTemplates[id]?.data.ImageId).toBe(made.launchTemplates[id]?.data.ImageId);
    }
    for (const [id, balancer] of Object.entries(made.loadBalancers)) {
      expect(remade.loadBalancers[id]?.LoadBalancerArn).toBe(balancer.LoadBalancerArn);
    }
    for (const [id, volume] of Object.entries(made.volumes)) expect(remade.volumes[id]?.VolumeId).toBe(volume.VolumeId);

    await deleteStack(clients, name);
    await expect(describeStack(clients, name)).rejects.toThrow();
  });
});

test('a payload over 16 KB goes through the bucket, and the machine is told its hash', async () => {
  const noise = Array.from({ length: 3000 }, (_, position) => `${(position * 2654435761) % 4294967296}`).join(' ');
  const objects = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { noise } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'large' },
      spec: {
        selector: { matchLabels: { app: 'large' } },
        template: {
          metadata: { labels: { app: 'large' } },
          spec: {
            containers: [{ name: 'main', image: 'a:1', volumeMounts: [{ name: 'noise', mountPath: '/noise' }] }],
            volumes: [{ name: 'noise', configMap: { name: 'large' } }],
          },
        },
      },
    },
  ];
  const sources = [{ name: 'large.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }];
  const result = compile(sources, { app: 'large', env: 'default', images: { large: 'ami-0123456789abcdef0' } });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const [stack] = result.stacks;
  expect(stack?.assets).toHaveLength(1);
  await createStack(clients, 'default-large', stack?.template as object);
  const made = await readStack(clients, 'default-large');
  const document = JSON.parse(Object.values(made.launchTemplates)[0]?.userData ?? '{}');
  expect(document.payload).toBeUndefined();
  expect(document.payloadObject).toMatchObject({ key: stack?.assets[0]?.key, sha256: stack?.assets[0]?.sha256 });
  expect(
    JSON.parse(gunzipSync(stack?.assets[0]?.bytes ?? Buffer.alloc(0)).toString('utf8')).pod.volumes[0].files[0].text,
  ).toBe(noise);
  await deleteStack(clients, 'default-large');
});

test('every app compiles without an error', () => {
  expect(apps.filter((app) => !compileApp(app).ok).map(({ name }) => name)).toEqual([]);
});
