// A pod as a whole: what is left out, what is found in it, and what it does not depend on.

import { compiledOf, configMapOf, containerOf, deploymentOf } from './fixtures.ts';
import { secretsOf } from './secrets.ts';

const main = { name: 'main', image: 'b.example/main:2' };

describe('a pod', () => {
  it('does not depend on the order of keys', () => {
    const metadata = (labels: object, annotations: object) => ({ labels, annotations });
    const one = compiledOf([
      deploymentOf({ containers: [main] }, metadata({ app: 'web', b: '1' }, { y: '', x: '' })),
    ]).pod;
    const other = compiledOf([
      deploymentOf(
        { containers: [{ image: main.image, name: main.name }] },
        metadata({ b: '1', app: 'web' }, { x: '', y: '' }),
      ),
    ]).pod;
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it('has a name of its own only where it has an identity', () => {
    const objects = [deploymentOf({ containers: [main] })];
    expect(compiledOf(objects).pod).toMatchObject({ owner: 'Deployment/default/web', generateName: 'web-' });
    expect(compiledOf(objects, { identity: { name: 'web-0' } }).pod).toMatchObject({
      owner: 'Deployment/default/web',
      name: 'web-0',
    });
  });

  it('tells the images of its containers, sorted, each once', () => {
    const initContainers = [
      { name: 'one', image: 'c' },
      { name: 'two', image: 'a' },
      { name: 'three', image: 'c' },
    ];
    expect(compiledOf([deploymentOf({ containers: [main], initContainers })]).images).toEqual([
      'a',
      'b.example/main:2',
      'c',
    ]);
  });

  it('says no more than what is said', () => {
    expect(containerOf({ securityContext: {}, resources: {}, lifecycle: {}, envFrom: [], volumeMounts: [] })).toEqual({
      name: 'main',
      image: 'busybox',
    });
  });
});

describe('a container', () => {
  it('says its restart policy where it is another than the pod has, or makes it a sidecar', () => {
    const initContainers = [{ ...main, name: 'side', restartPolicy: 'Always' }];
    const { pod } = compiledOf([deploymentOf({ containers: [{ ...main, restartPolicy: 'Always' }], initContainers })]);
    expect(pod.containers[0]).not.toHaveProperty('restartPolicy');
    expect(pod.initContainers).toEqual([{ name: 'side', image: main.image, restartPolicy: 'Always' }]);
  });

  it('has its capabilities in one form, each once', () => {
    const capabilities = { add: ['CAP_SYS_TIME', 'sys_time', 'NET_ADMIN'], drop: ['all'] };
    expect(containerOf({ securityContext: { capabilities } })?.security).toEqual({
      addCapabilities: ['SYS_TIME', 'NET_ADMIN'],
      dropCapabilities: ['ALL'],
    });
  });
});

describe('its secrets', () => {
  const reference = (name: string, optional?: boolean) => ({
    secretRef: { name, ...(optional === undefined ? {} : { optional }) },
  });

  it('are sorted, each with the first place that names it', () => {
    const volumes = [{ name: 'v', secret: { secretName: 'a' } }];
    const containers = [{ ...main, envFrom: [reference('b'), reference('a')] }];
    expect(secretsOf({ containers, volumes })).toEqual([
      { name: 'a', optional: false, path: '/spec/template/spec/containers/0/envFrom/1/secretRef/name' },
      { name: 'b', optional: false, path: '/spec/template/spec/containers/0/envFrom/0/secretRef/name' },
    ]);
  });

  it('are optional only where every place says so', () => {
    const containers = [{ ...main, envFrom: [reference('a', true), reference('b', true), reference('b')] }];
    expect(secretsOf({ containers }).map(({ name, optional }) => [name, optional])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('are never in the payload themselves', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      stringData: { key: 'do-not-tell' },
      data: { other: 'ZG8tbm90LXRlbGw=' },
    };
    const spec = {
      containers: [{ ...main, envFrom: [reference('a')] }],
      volumes: [{ name: 'v', secret: { secretName: 'a' } }],
    };
    expect(
      JSON.stringify(compiledOf([deploymentOf(spec), secret, configMapOf('unused', { key: 'unused' })]).pod),
    ).not.toMatch(/do-not-tell|ZG8tbm90|unused/);
  });
});

describe('DNS', () => {
  const dnsOf = (spec: object) => compiledOf([deploymentOf({ containers: [main], ...spec })]).pod.dns;

  it('means the cluster on the network of the host, where it is asked for', () => {
    expect(dnsOf({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })).toEqual(dnsOf({}));
    expect(dnsOf({ hostNetwork: true })).toEqual({ policy: 'Default' });
    expect(dnsOf({ dnsPolicy: 'Default' })).toEqual({ policy: 'Default' });
  });

  it('lets an option be set to nothing', () => {
    expect(dnsOf({ dnsConfig: { options: [{ name: 'ndots' }] } }).options).toEqual(['ndots']);
  });
});

describe('kernel parameters', () => {
  it.each([
    ['net/ipv4/conf/eno2.100/rp_filter', 'net.ipv4.conf.eno2/100.rp_filter'],
    ['net.ipv4.conf.eno2/100.rp_filter', 'net.ipv4.conf.eno2/100.rp_filter'],
    ['kernel.shm_rmid_forced', 'kernel.shm_rmid_forced'],
  ])('%s is %s', (written, name) => {
    const spec = { containers: [main], securityContext: { sysctls: [{ name: written, value: '1' }] } };
    expect(compiledOf([deploymentOf(spec)]).pod.sysctls).toEqual([{ name, value: '1' }]);
  });
});
