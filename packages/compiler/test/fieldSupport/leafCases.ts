// Test cases of leaves: the values that prove a leaf's class, and the fields required beside it.
import type { Code } from '../../src/diagnostic.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { objectCases } from './objectCases.ts';
import { podCases } from './podCases.ts';

export interface LeafCase {
  /** Valid values that make a difference, where there is one to be made. */
  readonly values?: readonly unknown[];
  /** Paths from where the trial's own path begins, and what is put there first. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** Where the value is put in place of the leaf's path: the map of a key, another item. */
  readonly at?: string;
  /** Objects around it in place of its kind's. */
  readonly around?: readonly JsonObject[];
  /** What was deployed before it. */
  readonly after?: readonly JsonObject[];
  /** The second value may be refused with this: the leaf decides that. */
  readonly refuses?: Code;
}

export type LeafCases = Readonly<Record<string, LeafCase>>;

/** What a field is given that must be there, by the end of its path; others are called `one`. */
export const REQUIRED_VALUES: Readonly<Record<string, unknown>> = {
  backend: { service: { name: 'web', port: { number: 80 } } },
  containerPort: 80,
  describedObject: { kind: 'Ingress', name: 'web' },
  devicePath: '/dev/one',
  divisor: '1',
  'exitCodes.operator': 'In',
  'httpHeaders[].value': 'one',
  ip: '10.0.0.1',
  key: 'key',
  lun: 1,
  maxSkew: 1,
  'matchLabelExpressions[].values': ['eu-west-1a'],
  monitors: ['one'],
  metric: { name: 'requests-per-second' },
  mountPath: '/one',
  nodeSelectorTerms: [],
  operator: 'Exists',
  path: 'one',
  preference: { matchExpressions: [{ key: 'one', operator: 'Exists' }] },
  pathType: 'Prefix',
  periodSeconds: 60,
  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' },
  port: 80,
  resource: 'limits.cpu',
  restartPolicy: 'NotRequired',
  'resizePolicy[].resourceName': 'cpu',
  secretRef: { name: 'one' },
  succeededCount: 1,
  'sysctls[].name': 'net.core.somaxconn',
  'sysctls[].value': '1',
  target: { type: 'Utilization', averageUtilization: 50 },
  topologyKey: 'kubernetes.io/hostname',
  value: 1,
  values: [1],
  'volumeClaimTemplate.spec': { volumeName: 'one' },
  weight: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
};

const times = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'];
const metadataCases: LeafCases = {
  'metadata.creationTimestamp': { values: times },
  'metadata.deletionTimestamp': { values: times },
  'metadata.finalizers[]': { values: ['example.com/one', 'example.com/two'] },
};

/** By the end of a leaf's path, or by kind and path; the longest one counts. */
export const leafCases: LeafCases = { ...metadataCases, ...podCases, ...objectCases };

/** Leaves that cannot be changed alone, with the reason. */
export const untestableLeaves: Readonly<Record<string, string>> = {
  apiVersion: 'With another version it is no object of this kind: 1-read refuses it.',
  kind: 'With another kind it is another object.',
  'Secret metadata.name': 'Read by `secrets push`: what is compiled goes by the name that the pod says.',
  'Secret metadata.namespace': 'Read by `secrets push`: what is compiled goes by the namespace of the pod.',
};
