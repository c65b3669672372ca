// Trials of what pods say, whatever their kind.
import type { LeafCase, LeafCases } from './leafCases.ts';

const probe = (name: string): LeafCases => {
  const beside = { [name]: { httpGet: { port: 80 } } };
  const numbers = [
    'failureThreshold',
    'initialDelaySeconds',
    'periodSeconds',
    'terminationGracePeriodSeconds',
    'timeoutSeconds',
  ];
  const isReadiness = name === 'readinessProbe';
  return {
    ...Object.fromEntries(numbers.map((field) => [`${name}.${field}`, { beside }])),
    ...(isReadiness && {
      [`${name}.terminationGracePeriodSeconds`]: { beside, values: [undefined, 7], refuses: 'I2K320' },
    }),
    [`${name}.successThreshold`]: { beside, values: [1, 2], ...(!isReadiness && { refuses: 'I2K320' }) },
    [`${name}.httpGet.port`]: { values: [80, 81] },
    [`${name}.tcpSocket.port`]: { values: [80, 81] },
    [`${name}.httpGet.scheme`]: { values: ['HTTP', 'HTTPS'] },
  };
};

const hook = (name: string): LeafCases => ({
  [`${name}.httpGet.port`]: { values: [80, 81] },
  [`${name}.httpGet.scheme`]: { values: ['HTTP', 'HTTPS'] },
});

const environment: LeafCases = {
  'env[].name': { values: ['ONE', 'TWO'] },
  'configMapKeyRef.key': { beside: { 'configMapKeyRef.name': 'web' }, values: ['key', 'other'] },
  'configMapKeyRef.name': { beside: { 'configMapKeyRef.key': 'name' }, values: ['web', 'other'] },
  'configMapKeyRef.optional': { beside: { 'configMapKeyRef.name': 'gone' }, values: [true, false], refuses: 'I2K450' },
  'secretKeyRef.optional': { beside: { 'secretKeyRef.name': 'web' } },
  'secretKeyRef.key': { beside: { 'secretKeyRef.name': 'web' } },
  'env[].valueFrom.fieldRef.fieldPath': { values: ['metadata.name', 'metadata.namespace'] },
  'env[].valueFrom.fieldRef.apiVersion': { beside: { 'env[].valueFrom.fieldRef.fieldPath': 'metadata.name' } },
  'envFrom[].configMapRef.name': { values: ['web', 'other'] },
  'envFrom[].configMapRef.optional': {
    beside: { 'envFrom[].configMapRef.name': 'gone' },
    values: [true, false],
    refuses: 'I2K450',
  },
  'envFrom[].prefix': { beside: { 'envFrom[].configMapRef.name': 'web' } },
  'envFrom[].secretRef.optional': { beside: { 'envFrom[].secretRef.name': 'web' } },
  'resourceFieldRef.divisor': {
    beside: { 'resourceFieldRef.resource': 'requests.cpu', 'resourceFieldRef.containerName': 'web' },
    values: ['1', '1m'],
  },
  'resourceFieldRef.resource': {
    beside: { 'resourceFieldRef.containerName': 'web' },
    values: ['requests.cpu', 'requests.memory'],
  },
  'resourceFieldRef.containerName': {
    beside: { 'resourceFieldRef.resource': 'requests.memory' },
    values: ['web', 'side'],
  },
};

const selector = (name: string): LeafCases => ({
  [`${name}.matchExpressions[].key`]: { values: ['one', 'two'] },
  [`${name}.matchExpressions[].operator`]: { values: ['Exists', 'DoesNotExist'] },
  [`${name}.matchExpressions[].values[]`]: { beside: { [`${name}.matchExpressions[].operator`]: 'In' } },
});

/** On a port of its own. */
const ports = (containers: string): LeafCases => {
  const beside = { [`${containers}[].ports[].containerPort`]: 99 };
  return {
    [`${containers}[].ports[].name`]: {
      beside: { ...beside, [`${containers}[].livenessProbe.tcpSocket.port`]: 'one' },
      values: ['one', 'two'],
      refuses: 'I2K320',
    },
    [`${containers}[].ports[].protocol`]: { beside, values: ['TCP', 'UDP'] },
    [`${containers}[].ports[].hostPort`]: { beside, values: [98] },
  };
};

const container: LeafCases = {
  imagePullPolicy: { values: ['Always', 'Never'] },
  'resources.limits.*': { at: 'resources.limits.memory', values: ['128Mi', '256Mi'] },
  'resources.requests.*': { at: 'resources.requests.memory', values: ['1Gi', '8Gi'] },
  'resizePolicy[].resourceName': { values: ['cpu', 'memory'] },
  'resizePolicy[].restartPolicy': { values: ['NotRequired', 'RestartContainer'] },
  'seccompProfile.type': { values: ['RuntimeDefault', 'Unconfined'] },
  'seccompProfile.localhostProfile': { beside: { 'seccompProfile.type': 'Localhost' } },
  'appArmorProfile.localhostProfile': { beside: { 'appArmorProfile.type': 'Localhost' } },
  'appArmorProfile.type': { values: ['RuntimeDefault', 'Unconfined'] },
  'capabilities.add[]': { values: ['NET_ADMIN', 'SYS_TIME'] },
  'capabilities.drop[]': { values: ['ALL', 'CHOWN'] },
  terminationMessagePolicy: { values: ['File', 'FallbackToLogsOnError'] },
  terminationMessagePath: { values: ['/one', '/two'] },
  workingDir: { values: ['/one', '/two'] },
  'exitCodes.operator': { values: ['In', 'NotIn'] },
  'exitCodes.values[]': { values: [1, 2] },
  procMount: { values: ['Unmasked'] },
};

/** What a volume's source and its mode need; the volume itself is called `one`. */
const files: LeafCases = {
  'configMap.name': { values: ['web', 'other'] },
  'configMap.optional': { beside: { 'configMap.name': 'gone' }, values: [true, false], refuses: 'I2K450' },
  'configMap.defaultMode': { beside: { 'configMap.name': 'web' } },
  'configMap.items[].key': { beside: { 'configMap.name': 'web' }, values: ['key', 'other'] },
  'configMap.items[].path': { beside: { 'configMap.name': 'web' } },
  'configMap.items[].mode': { beside: { 'configMap.name': 'web' } },
  'secret.defaultMode': { beside: { 'secret.secretName': 'web' } },
  'secret.optional': { beside: { 'secret.secretName': 'web' } },
  'secret.items[].key': { beside: { 'secret.secretName': 'web' } },
  'secret.items[].path': { beside: { 'secret.secretName': 'web' } },
  'secret.items[].mode': { beside: { 'secret.secretName': 'web' } },
  'sources[].secret.optional': { beside: { 'sources[].secret.name': 'web' } },
  'sources[].secret.items[].key': { beside: { 'sources[].secret.name': 'web' } },
  'sources[].secret.items[].path': { beside: { 'sources[].secret.name': 'web' } },
  'sources[].secret.items[].mode': { beside: { 'sources[].secret.name': 'web' } },
  'downwardAPI.items[].fieldRef.fieldPath': { values: ['metadata.name', 'metadata.labels'] },
  'downwardAPI.items[].fieldRef.apiVersion': { beside: { 'downwardAPI.items[].fieldRef.fieldPath': 'metadata.name' } },
  'downwardAPI.items[].path': { beside: { 'downwardAPI.items[].fieldRef.fieldPath': 'metadata.name' } },
  'downwardAPI.items[].mode': { beside: { 'downwardAPI.items[].fieldRef.fieldPath': 'metadata.name' } },
  'downwardAPI.defaultMode': {
    beside: { 'downwardAPI.items': [{ path: 'one', fieldRef: { fieldPath: 'metadata.name' } }] },
  },
  'projected.defaultMode': { beside: { 'projected.sources': [{ configMap: { name: 'web' } }] } },
  'emptyDir.medium': { values: ['', 'Memory'] },
  'emptyDir.sizeLimit': { values: ['1Mi', '2Mi'] },
  'persistentVolumeClaim.readOnly': { beside: { 'persistentVolumeClaim.claimName': 'one' } },
};

/** What a container mounts, by the volumes that its pod has. */
const mounts = (containers: string): LeafCases => {
  const volumes = ['one', 'two'].map((name) => ({ name, emptyDir: {} }));
  const raws = ['raw', 'sda'].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const at = (field: string): string => `${containers}[].${field}`;
  const mount = { name: 'one', mountPath: '/one' };
  const mounted = (values?: readonly unknown[]): LeafCase => ({
    beside: { volumes, [at('volumeMounts[]')]: mount },
    ...(values && { values }),
  });
  return {
    [at('volumeMounts[].name')]: mounted(['one', 'two']),
    [at('volumeMounts[].mountPath')]: mounted(['/one', '/two']),
    [at('volumeMounts[].mountPropagation')]: mounted(['None', 'HostToContainer']),
    [at('volumeMounts[].readOnly')]: mounted(),
    [at('volumeMounts[].subPath')]: mounted(),
    [at('volumeMounts[].subPathExpr')]: mounted(),
    [at('volumeMounts[].recursiveReadOnly')]: {
      beside: { volumes, [at('volumeMounts[]')]: { ...mount, readOnly: true } },
      values: ['Enabled'],
    },
    [at('volumeDevices[].name')]: { beside: { volumes: raws }, values: ['raw', 'sda'] },
    [at('volumeDevices[].devicePath')]: {
      beside: { volumes: raws, [at('volumeDevices[].name')]: 'raw' },
      values: ['/dev/one', '/dev/two'],
    },
  };
};

const terms = 'requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]';
const zones = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-west-1a'] };
const both = ['topology.kubernetes.io/zone', 'kubernetes.io/arch'];

const scheduling: LeafCases = {
  [`${terms}.matchExpressions[].key`]: {
    beside: { [`${terms}.matchExpressions[]`]: { key: 'one', operator: 'In', values: ['eu-west-1a', 'amd64'] } },
    values: both,
  },
  [`${terms}.matchExpressions[].operator`]: {
    beside: { [`${terms}.matchExpressions[]`]: zones },
    values: ['In', 'NotIn'],
    refuses: 'I2K411',
  },
  [`${terms}.matchExpressions[].values[]`]: {
    beside: { [`${terms}.matchExpressions[]`]: zones },
    values: ['eu-west-1a', 'eu-west-1b'],
  },
  'nodeSelector.*': {
    at: 'nodeSelector',
    values: ['eu-west-1a', 'eu-west-1b'].map((zone) => ({ 'topology.kubernetes.io/zone': zone })),
  },
  'tolerations[].key': { beside: { 'tolerations[]': { operator: 'Exists' } } },
  'tolerations[].operator': { beside: { 'tolerations[].key': 'one' }, values: ['Equal', 'Exists'] },
  'tolerations[].effect': { beside: { 'tolerations[].key': 'one' }, values: ['NoSchedule', 'NoExecute'] },
  'tolerations[].value': { beside: { 'tolerations[].key': 'one' } },
  'tolerations[].tolerationSeconds': { beside: { 'tolerations[]': { key: 'one', effect: 'NoExecute' } } },
  preemptionPolicy: { values: ['Never', 'PreemptLowerPriority'] },
  'topologySpreadConstraints[].minDomains': {
    beside: { 'topologySpreadConstraints[].whenUnsatisfiable': 'DoNotSchedule' },
  },
  'topologySpreadConstraints[].nodeAffinityPolicy': { values: ['Honor', 'Ignore'] },
  'topologySpreadConstraints[].nodeTaintsPolicy': { values: ['Honor', 'Ignore'] },
  'topologySpreadConstraints[].whenUnsatisfiable': {
    beside: { 'topologySpreadConstraints[].topologyKey': 'topology.kubernetes.io/zone' },
    values: ['DoNotSchedule'],
  },
  'overhead.*': { values: ['1'] },
};

const names: LeafCases = {
  'dnsConfig.nameservers[]': { values: ['10.0.0.1', '10.0.0.2'] },
  'dnsConfig.options[].value': { beside: { 'dnsConfig.options[].name': 'one' } },
  dnsPolicy: { values: ['ClusterFirst', 'Default'] },
  'hostAliases[].ip': { beside: { 'hostAliases[].hostnames': ['one'] }, values: ['10.0.0.1', '10.0.0.2'] },
  'hostAliases[].hostnames[]': { beside: { 'hostAliases[].ip': '10.0.0.1' } },
  serviceAccount: { values: ['web', 'other'] },
  serviceAccountName: { values: ['web', 'other'] },
  ...Object.fromEntries(
    ['containers', 'initContainers'].map((list) => [
      `${list}[].lifecycle.stopSignal`,
      { beside: { 'os.name': 'linux' }, values: ['SIGTERM', 'SIGUSR1'] },
    ]),
  ),
  'initContainers[].restartPolicy': { values: ['Always', undefined] },
};

const security: LeafCases = {
  'securityContext.fsGroupChangePolicy': { values: ['Always', 'OnRootMismatch'] },
  'securityContext.supplementalGroupsPolicy': { values: ['Merge', 'Strict'] },
  'securityContext.sysctls[].name': { values: ['net.core.somaxconn', 'net.ipv4.tcp_syncookies'] },
  'securityContext.sysctls[].value': { values: ['1', '2'] },
};

export const podCases: LeafCases = {
  ...probe('livenessProbe'),
  ...probe('readinessProbe'),
  ...probe('startupProbe'),
  ...hook('preStop'),
  ...hook('postStart'),
  ...environment,
  ...container,
  ...files,
  ...ports('containers'),
  ...ports('initContainers'),
  ...mounts('containers'),
  ...mounts('initContainers'),
  ...selector('labelSelector'),
  ...selector('namespaceSelector'),
  ...scheduling,
  ...names,
  ...security,
};
