// Apps with existing resources: load balancers by name, a key pair by tags, a bounded role, a zone of another
// account.
import { type Config, compile, type ExistingResources, type Template } from '@i2kit/compiler';
import { lookedUp } from './environmentVariants.ts';

const web = (type: string, annotations: object) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, annotations: ${JSON.stringify(annotations)}}
spec: {type: ${type}, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

export const edge = {
  arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/edge/0123456789abcdef',
  dnsName: 'edge-0123456789abcdef.elb.eu-west-1.amazonaws.com',
  hostedZone: 'Z2IFOLAFXWLO4F',
  visibility: 'public',
  securityGroups: ['sg-00000000000000002', 'sg-00000000000000003'],
} as const;

export interface AppOptions {
  readonly type?: string;
  readonly annotations?: object;
  readonly config?: Config;
  readonly found?: Partial<ExistingResources>;
}

export function compiled({ type = 'LoadBalancer', annotations = {}, config = {}, found }: AppOptions) {
  return compile([{ name: 'web.yaml', text: web(type, annotations) }], {
    app: 'shop',
    env: 'default',
    images: { web: 'ami-0123456789abcdef0' },
    config,
    ...(found && { context: lookedUp(config, found) }),
  });
}

function templateOf(options: AppOptions): Template {
  const result = compiled(options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.stacks[0]?.template as Template;
}

const vpc = { id: 'vpc-00000000000000001', cidrs: ['10.1.0.0/16'] };
const boundary = 'arn:aws:iam::123456789012:policy/boundary';

export const existingApps = {
  'on-a-load-balancer': templateOf({
    annotations: { 'i2kit.dev/load-balancer': 'edge' },
    config: {
      network: { vpc: vpc.id, cidr: '10.1.0.0/20' },
      loadBalancers: { edge: edge.arn },
      hostedZone: 'example.com',
    },
    found: { vpc, loadBalancers: { edge } },
  }),
  'with-a-key-pair-by-tags': templateOf({
    config: { keyPair: { tag: { Name: 'debug' } } },
    found: { keyPair: 'debug-2026' },
  }),
  bounded: templateOf({ config: { permissionsBoundary: boundary } }),
  'with-names-elsewhere': templateOf({
    config: {
      hostedZone: { name: 'example.com.', id: 'Z00000000000000000001', roleArn: 'arn:aws:iam::210987654321:role/dns' },
    },
  }),
} as const;
