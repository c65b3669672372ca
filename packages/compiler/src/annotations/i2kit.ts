// The annotations of i2kit itself; any other i2kit.dev/* is an error.
import { annotationSpec, parseOneOf, parsePattern, serviceTargetKinds, workloadKinds } from './annotationSpec.ts';

export const I2KIT_PREFIX = 'i2kit.dev/';

export const i2kitAnnotations = {
  'i2kit.dev/expose': annotationSpec({
    on: serviceTargetKinds,
    docs: "Where a workload's container ports are reachable that no Service selects: nowhere, inside of the environment (the default), or publicly.",
    parse: parseOneOf('none', 'internal', 'public'),
  }),
  'i2kit.dev/instance-type': annotationSpec({
    on: workloadKinds,
    docs: 'The EC2 instance type of the machines, in place of the smallest one that holds what the containers ask for.',
    parse: parsePattern(
      /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|\d*x?large|metal(?:-\d+xl)?)$/,
      'an EC2 instance type like t3.micro',
    ),
  }),
  'i2kit.dev/load-balancer': annotationSpec({
    on: ['Service'],
    docs: 'Which load balancer listens for the Service: `own`, or a name that Services share; with `loadBalancers` in i2kit.yaml one that is there already.',
    parse: parsePattern(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      '`own`, or a name of lower-case letters, digits and hyphens',
    ),
  }),
  'i2kit.dev/previous-image': annotationSpec({
    on: ['StatefulSet'],
    docs: 'The AMI that the ordinals below `partition` keep.',
    parse: parsePattern(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, 'an image id: `ami-` and 8 or 17 hexadecimal digits'),
  }),
  'i2kit.dev/snapshot-id': annotationSpec({
    on: ['PersistentVolumeClaim'],
    docs: "The EBS snapshot that the claim's disk is made from, where `dataSource` names a VolumeSnapshot; on a claim template, too.",
    parse: parsePattern(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, 'a snapshot id: `snap-` and 8 or 17 hexadecimal digits'),
  }),
  'i2kit.dev/via': annotationSpec({
    on: ['Service'],
    docs: "How a Service is reached: through a network load balancer (`nlb`, the default), by its host name through one application load balancer for all that say so (`alb-host`), or at its machines' own addresses (`dns`). `via` in i2kit.yaml says it for the app.",
    parse: parseOneOf('nlb', 'alb-host', 'dns'),
  }),
} as const;
