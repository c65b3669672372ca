// The annotations of i2kit itself; any other i2kit.dev/* is an error.
import { annotationSpec, parseOneOf, parsePattern, serviceTargetKinds, workloadKinds } from './annotationSpec.ts';

export const I2KIT_PREFIX = 'i2kit.dev/';

export const i2kitAnnotations = {
  'i2kit.dev/expose': annotationSpec({
    on: serviceTargetKinds,
    docs: 'Who can reach container ports of a workload that no Service selects: nobody, the environment (default), or the internet.',
    parse: parseOneOf('none', 'internal', 'public'),
  }),
  'i2kit.dev/instance-type': annotationSpec({
    on: workloadKinds,
    docs: "The EC2 instance type of the machines (default: the smallest type that holds the containers' requests).",
    parse: parsePattern(
      /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|\d*x?large|metal(?:-\d+xl)?)$/,
      'an EC2 instance type like t3.micro',
    ),
  }),
  'i2kit.dev/load-balancer': annotationSpec({
    on: ['Service'],
    docs: 'The load balancer that listens for the Service: `own`, or a name that Services share; `loadBalancers` in i2kit.yaml maps a name to an existing load balancer.',
    parse: parsePattern(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      '`own`, or a name of lower-case letters, digits and hyphens',
    ),
  }),
  'i2kit.dev/previous-image': annotationSpec({
    on: ['StatefulSet'],
    docs: 'The AMI of the ordinals below `partition`.',
    parse: parsePattern(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, 'an image id: `ami-` and 8 or 17 hexadecimal digits'),
  }),
  'i2kit.dev/snapshot-id': annotationSpec({
    on: ['PersistentVolumeClaim'],
    docs: "The EBS snapshot from which the claim's volume is created, if `dataSource` names a VolumeSnapshot. Claim templates support it, too.",
    parse: parsePattern(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, 'a snapshot id: `snap-` and 8 or 17 hexadecimal digits'),
  }),
  'i2kit.dev/via': annotationSpec({
    on: ['Service'],
    docs: "How clients reach a Service: through a network load balancer (`nlb`, default), by its host name through one application load balancer for all such Services (`alb-host`), or at its machines' own addresses (`dns`). `via` in i2kit.yaml sets it for the app.",
    parse: parseOneOf('nlb', 'alb-host', 'dns'),
  }),
} as const;
