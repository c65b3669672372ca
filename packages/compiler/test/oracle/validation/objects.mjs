// The objects that are changed: for each kind a small one, and one that says as much as it can.

const object = (kind, apiVersion, spec) => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'default' },
  ...spec,
});

const deployment = (pod, spec = {}) =>
  object('Deployment', 'apps/v1', {
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: pod },
      ...spec,
    },
  });

const required = 'requiredDuringSchedulingIgnoredDuringExecution';

const container = {
  name: 'web',
  image: 'nginx:1.29',
  command: ['a'],
  args: ['b'],
  workingDir: '/x',
  imagePullPolicy: 'Always',
  ports: [
    { name: 'http', containerPort: 80, protocol: 'TCP' },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
  ],
  env: [
    { name: 'A', value: 'b' },
    { name: 'B', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } },
    { name: 'C', valueFrom: { secretKeyRef: { name: 'web', key: 'k' } } },
    { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
  ],
  envFrom: [{ configMapRef: { name: 'web' }, prefix: 'P_' }, { secretRef: { name: 'web' } }],
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
  livenessProbe: {
    httpGet: { path: '/', port: 'http', scheme: 'HTTP', httpHeaders: [{ name: 'a', value: 'b' }] },
    periodSeconds: 5,
    timeoutSeconds: 1,
    failureThreshold: 3,
    initialDelaySeconds: 1,
    terminationGracePeriodSeconds: 4,
  },
  readinessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 },
  startupProbe: { grpc: { port: 80, service: 'x' } },
  lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { exec: { command: ['x'] } } },
  securityContext: {
    runAsUser: 7,
    capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  },
  terminationMessagePath: '/x',
  terminationMessagePolicy: 'File',
  volumeMounts: [
    { name: 'config', mountPath: '/config', readOnly: true, subPath: 'x' },
    { name: 'secret', mountPath: '/secret' },
    { name: 'empty', mountPath: '/empty', mountPropagation: 'None', subPathExpr: '$(A)' },
    { name: 'data', mountPath: '/data' },
  ],
  volumeDevices: [{ name: 'raw', devicePath: '/dev/raw' }],
};

const labelsFile = { path: 'l', fieldRef: { fieldPath: 'metadata.labels' } };

const pod = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  serviceAccountName: 'web',
  dnsPolicy: 'ClusterFirst',
  hostname: 'h',
  subdomain: 's',
  os: { name: 'linux' },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  dnsConfig: { nameservers: ['1.1.1.1'], searches: ['a.b'], options: [{ name: 'ndots', value: '2' }] },
  hostAliases: [{ ip: '1.2.3.4', hostnames: ['a.b'] }],
  imagePullSecrets: [{ name: 'x' }],
  tolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 5 }],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
  securityContext: {
    runAsUser: 5,
    runAsGroup: 5,
    fsGroup: 5,
    fsGroupChangePolicy: 'Always',
    runAsNonRoot: true,
    supplementalGroups: [5],
    supplementalGroupsPolicy: 'Merge',
    sysctls: [{ name: 'net.core.somaxconn', value: '5' }],
    seccompProfile: { type: 'RuntimeDefault' },
  },
  affinity: {
    nodeAffinity: {
      [required]: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
      },
    },
    podAntiAffinity: {
      [required]: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } }],
    },
  },
  initContainers: [
    { name: 'init', image: 'x:1', command: ['a'] },
    {
      name: 'side',
      image: 'x:1',
      restartPolicy: 'Always',
      ports: [{ name: 'p', containerPort: 99 }],
      startupProbe: { tcpSocket: { port: 'p' } },
      livenessProbe: { exec: { command: ['a'] } },
    },
  ],
  containers: [container],
  volumes: [
    { name: 'config', configMap: { name: 'web', defaultMode: 420, items: [{ key: 'k', path: 'p', mode: 256 }] } },
    { name: 'secret', secret: { secretName: 'web', items: [{ key: 'k', path: 'p' }] } },
    { name: 'empty', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
    { name: 'raw', persistentVolumeClaim: { claimName: 'raw' } },
    { name: 'downward', downwardAPI: { items: [labelsFile] } },
    { name: 'all', projected: { sources: [{ configMap: { name: 'web' } }, { downwardAPI: { items: [labelsFile] } }] } },
  ],
};

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

const ending = { restartPolicy: 'Never', containers: [{ name: 'web', image: 'nginx' }] };
const kept = { containers: [{ name: 'web', image: 'nginx' }] };
const templated = (spec, labels = { app: 'web' }) => ({ metadata: { labels }, spec });
const service = { name: 'web', port: { number: 80 } };

const statefulSet = (spec = {}) =>
  object('StatefulSet', 'apps/v1', {
    spec: {
      serviceName: 'web',
      selector: { matchLabels: { app: 'web' } },
      template: templated({
        containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
      }),
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
      ...spec,
    },
  });

const storageClass = (spec = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'web' },
  provisioner: 'ebs.csi.aws.com',
  ...spec,
});

/** Kinds beside those that came first; what their pods say is looked at in a Deployment's. */
const others = {
  small: {
    CronJob: object('CronJob', 'batch/v1', {
      spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: templated(ending) } } },
    }),
    HorizontalPodAutoscaler: object('HorizontalPodAutoscaler', 'autoscaling/v2', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
    }),
    Ingress: object('Ingress', 'networking.k8s.io/v1', { spec: { defaultBackend: { service } } }),
    IngressClass: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'web' },
      spec: { controller: 'a.b/c' },
    },
    Job: object('Job', 'batch/v1', { spec: { template: templated(ending) } }),
    NetworkPolicy: object('NetworkPolicy', 'networking.k8s.io/v1', { spec: { podSelector: {} } }),
    Pod: object('Pod', 'v1', { spec: kept }),
    PodDisruptionBudget: object('PodDisruptionBudget', 'policy/v1', {
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
    }),
    ReplicaSet: object('ReplicaSet', 'apps/v1', {
      spec: { selector: { matchLabels: { app: 'web' } }, template: templated(kept) },
    }),
    ReplicationController: object('ReplicationController', 'v1', {
      spec: { selector: { app: 'web' }, template: templated(kept) },
    }),
    StatefulSet: statefulSet(),
    StorageClass: storageClass(),
  },
  full: {
    CronJob: object('CronJob', 'batch/v1', {
      spec: {
        schedule: '*/5 1-3 * jan,2 mon',
        timeZone: 'Europe/Vienna',
        concurrencyPolicy: 'Forbid',
        suspend: false,
        startingDeadlineSeconds: 9,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 2,
            completions: 1,
            parallelism: 1,
            activeDeadlineSeconds: 9,
            template: templated(ending),
          },
        },
      },
    }),
    HorizontalPodAutoscaler: object('HorizontalPodAutoscaler', 'autoscaling/v2', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 1,
        maxReplicas: 7,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
          { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 2, periodSeconds: 15 }],
          },
        },
      },
    }),
    Ingress: object('Ingress', 'networking.k8s.io/v1', {
      spec: {
        ingressClassName: 'web',
        defaultBackend: { service },
        tls: [{ hosts: ['a.b'], secretName: 'web' }],
        rules: [
          { host: 'a.b', http: { paths: [{ path: '/x', pathType: 'Prefix', backend: { service } }] } },
          {
            http: {
              paths: [{ path: '/y', pathType: 'Exact', backend: { service: { name: 'web', port: { name: 'http' } } } }],
            },
          },
        ],
      },
    }),
    Job: object('Job', 'batch/v1', {
      spec: {
        backoffLimit: 2,
        completions: 2,
        parallelism: 1,
        activeDeadlineSeconds: 60,
        completionMode: 'NonIndexed',
        suspend: false,
        podReplacementPolicy: 'TerminatingOrFailed',
        template: templated(ending),
      },
    }),
    NetworkPolicy: object('NetworkPolicy', 'networking.k8s.io/v1', {
      spec: {
        podSelector: {
          matchLabels: { app: 'web' },
          matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }],
        },
        policyTypes: ['Ingress'],
        ingress: [
          {
            ports: [
              { protocol: 'TCP', port: 80, endPort: 90 },
              { protocol: 'UDP', port: 'dns' },
            ],
            from: [
              { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
              { podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchLabels: { a: 'b' } } },
            ],
          },
        ],
      },
    }),
    PodDisruptionBudget: object('PodDisruptionBudget', 'policy/v1', {
      spec: {
        minAvailable: '50%',
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
      },
    }),
    ReplicaSet: object('ReplicaSet', 'apps/v1', {
      spec: {
        replicas: 2,
        minReadySeconds: 5,
        selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
        template: templated(kept),
      },
    }),
    ReplicationController: object('ReplicationController', 'v1', {
      spec: { replicas: 2, minReadySeconds: 5, selector: { app: 'web' }, template: templated(kept) },
    }),
    StatefulSet: statefulSet({
      replicas: 2,
      minReadySeconds: 5,
      revisionHistoryLimit: 3,
      podManagementPolicy: 'OrderedReady',
      ordinals: { start: 1 },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
      selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
    }),
    StorageClass: storageClass({
      parameters: { type: 'gp3' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      mountOptions: ['noatime'],
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] }] }],
    }),
  },
};

const merged = (all, more) =>
  Object.fromEntries(Object.entries(all).map(([variant, kinds]) => [variant, { ...kinds, ...more[variant] }]));

/** Variant -> kind -> object. */
export const objects = merged(
  {
    small: {
      ConfigMap: object('ConfigMap', 'v1', { data: { k: 'v' } }),
      Deployment: deployment({
        containers: [{ name: 'web', image: 'nginx', ports: [{ name: 'http', containerPort: 80 }] }],
      }),
      Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } },
      PersistentVolumeClaim: object('PersistentVolumeClaim', 'v1', { spec: claim }),
      Secret: object('Secret', 'v1', {}),
      Service: object('Service', 'v1', {
        spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
      }),
      ServiceAccount: object('ServiceAccount', 'v1', {}),
    },
    full: {
      ConfigMap: object('ConfigMap', 'v1', { data: { k: 'v' }, binaryData: { b: 'eA==' } }),
      Deployment: deployment(pod, {
        replicas: 1,
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
      }),
      PersistentVolumeClaim: object('PersistentVolumeClaim', 'v1', {
        spec: { ...claim, volumeMode: 'Filesystem', storageClassName: 'gp3' },
      }),
      Secret: object('Secret', 'v1', { data: { k: 'eA==' }, stringData: { s: 'x' }, type: 'Opaque' }),
      Service: object('Service', 'v1', {
        spec: {
          type: 'LoadBalancer',
          selector: { app: 'web' },
          ports: [
            { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', nodePort: 30001, appProtocol: 'http' },
            { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
          ],
          sessionAffinity: 'ClientIP',
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
          externalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          ipFamilies: ['IPv4'],
          ipFamilyPolicy: 'SingleStack',
          internalTrafficPolicy: 'Cluster',
        },
      }),
    },
    external: { Service: object('Service', 'v1', { spec: { type: 'ExternalName', externalName: 'a.b' } }) },
  },
  others,
);
