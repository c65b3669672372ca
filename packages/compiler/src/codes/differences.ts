// Codes 5xx: behaviour that differs from a cluster, or is absent; warnings. If a field is reported as such, the first
// sentence of the explanation is its message (2-check/fieldSupport.ts), the rest its hint.
import { defineCodes } from './codeEntry.ts';

export const differenceCodes = defineCodes({
  I2K501: {
    severity: 'warning',
    title: 'Revision history',
    explanation:
      'Earlier revisions are not kept as objects: CloudFormation rolls back to the previous template. To go back further, deploy the earlier manifest.',
  },
  I2K502: {
    severity: 'warning',
    title: 'The host is the machine',
    explanation:
      "The pod's host is its own machine, so this gives it the whole machine and nothing of other pods. Leave it out unless this is intended.",
  },
  I2K503: {
    severity: 'warning',
    title: 'Privileged',
    explanation:
      "A privileged container can do anything on its machine, including use of the agent's IAM permissions. Add single capabilities instead.",
  },
  I2K504: {
    severity: 'warning',
    title: 'No API token',
    explanation:
      'There is no API server, so no token is mounted. Set automountServiceAccountToken to false to confirm this.',
  },
  I2K505: {
    severity: 'warning',
    title: 'Pull secrets',
    explanation:
      "Container images are pulled when the machine image is built, with the credentials of Docker's configuration. Log in on the machine that builds images.",
  },
  I2K506: {
    severity: 'warning',
    title: 'Preference',
    explanation: 'Without a scheduler, preferences are ignored. Make it a requirement if it matters.',
  },
  I2K507: {
    severity: 'warning',
    title: 'Spread that is not strict',
    explanation:
      'Machines are spread evenly over the zones, but if a zone has no capacity, another zone takes its share. No action is required.',
  },
  I2K508: {
    severity: 'warning',
    title: 'Scheduler',
    explanation: 'There is no scheduler: each pod has its own machine. Leave it out.',
  },
  I2K509: {
    severity: 'warning',
    title: 'SELinux and AppArmor',
    explanation:
      "The machine's kernel has neither SELinux nor AppArmor, so this has no effect. Each pod is isolated by its own machine.",
  },
  I2K510: {
    severity: 'warning',
    title: 'Recreate is not strict',
    explanation:
      'Old machines are terminated before new ones start, but may still be shutting down while the new ones boot. Do not rely on a single running machine.',
  },
  I2K511: {
    severity: 'warning',
    title: 'Rolling update with an EBS volume',
    explanation:
      'An EBS volume is attached to one machine at a time, so the old machine ends before the new one starts. Use the strategy Recreate to confirm this.',
  },
  I2K512: {
    severity: 'warning',
    title: 'No resource requests',
    explanation: 'Without requests the default instance type is used. Set requests for cpu and memory.',
  },
  I2K513: {
    severity: 'warning',
    title: 'Namespace',
    explanation:
      'A namespace is only part of names: the object creates nothing, and its labels apply no policy. No action is required.',
  },
  I2K514: {
    severity: 'warning',
    title: 'Storage class',
    explanation:
      'The class is not in the input, or its provisioner is not on AWS, so the volume is an encrypted gp3 volume. Name an EBS type (gp3, gp2, st1, sc1), or add a StorageClass of ebs.csi.aws.com.',
  },
  I2K520: {
    severity: 'warning',
    title: 'Secret in the manifest',
    explanation:
      'Secret values are never written to a template, so they are omitted. `i2kit secrets push` writes them to Secrets Manager.',
  },
  I2K521: {
    severity: 'warning',
    title: 'Secret missing in the input',
    explanation:
      "The machine reads it from Secrets Manager when it boots, as `i2kit/<env>/<namespace>/<name>`, and `apply` requires that it exists. `i2kit secrets push` creates it from a manifest's Secret.",
  },
  I2K522: {
    severity: 'warning',
    title: 'Key missing in the Secret',
    explanation:
      'The Secret in the manifests has no such key, and the machine fails to boot if the one in Secrets Manager has none either. Add the key, or set optional to true.',
  },
  I2K530: {
    severity: 'warning',
    title: 'Service that selects nothing',
    explanation:
      'No workload of the input has these labels, so the Service leads nowhere, unless a workload of another app has them: `i2kit context` looks for one. Compare the selector with the labels of the pod templates.',
  },
  I2K531: {
    severity: 'warning',
    title: 'No nodes',
    explanation:
      'There are no nodes whose ports could be opened; the load balancer listens instead. Use type ClusterIP for access inside the environment, LoadBalancer for access from outside.',
  },
  I2K532: {
    severity: 'warning',
    title: 'Address that cannot be chosen',
    explanation: "AWS assigns addresses, so this one is not used. Use the Service's name.",
  },
  I2K533: {
    severity: 'warning',
    title: 'Addresses that are not ready',
    explanation: 'A load balancer sends no traffic to machines that are not ready. Leave it out.',
  },
  I2K534: {
    severity: 'warning',
    title: 'Traffic distribution',
    explanation:
      'The load balancer decides which machine gets a connection. To keep traffic in its zone, disable cross-zone load balancing by annotation.',
  },
  I2K535: {
    severity: 'warning',
    title: 'UDP',
    explanation:
      "Over UDP a machine always sees the client's own address, and cannot reach itself through the load balancer. No action is required if it does not call itself.",
  },
  I2K539: {
    severity: 'warning',
    title: 'Port of a headless Service that no container has',
    explanation:
      'As in Kubernetes, the port is left out: the name still resolves to the machines. Name the port of a container, or write its number.',
  },
  I2K540: {
    severity: 'warning',
    title: 'Unsupported annotation',
    explanation: 'The annotation is known, but the load balancer does not use it. Leave it out.',
  },
  I2K550: {
    severity: 'warning',
    title: 'Failures are counted per machine',
    explanation:
      'Each machine of a Job counts the failures of its own pod, so backoffLimit applies to each of them. No action is required.',
  },
  I2K551: {
    severity: 'warning',
    title: 'Runs do not overlap',
    explanation:
      'While one run of a CronJob goes on, no other starts. Set concurrencyPolicy to Forbid to confirm this.',
  },
  I2K552: {
    severity: 'warning',
    title: 'Finished Job',
    explanation:
      "A Job's machines end with it, but the Job stays in the stack until it is removed from the manifests. Leave it out.",
  },
  I2K553: {
    severity: 'warning',
    title: 'Late run',
    explanation: 'A run starts at its time or not at all, and missed runs are not started later. Leave it out.',
  },
  I2K560: {
    severity: 'warning',
    title: 'Another controller',
    explanation:
      'Ingresses become an application load balancer, whatever the controller of their IngressClass. Annotations of another controller have no effect.',
  },
  I2K561: {
    severity: 'warning',
    title: 'Implementation-specific path',
    explanation:
      'The path is matched as application load balancers do: `*` stands for any characters, and everything else matches only itself. Use Prefix or Exact.',
  },
  I2K562: {
    severity: 'warning',
    title: 'Replicas with an autoscaler',
    explanation: 'The autoscaler decides the number of machines, so this number is ignored. Leave replicas out.',
  },
  I2K563: {
    severity: 'warning',
    title: 'Behavior of an autoscaler',
    explanation: 'Auto Scaling decides its own pace: up at once, down after 15 minutes. Leave the behavior out.',
  },
  I2K564: {
    severity: 'warning',
    title: 'Budget without a workload',
    explanation:
      'The budget selects no workload of the input, so it has no effect. Compare its selector with the labels of the pods.',
  },
  I2K565: {
    severity: 'warning',
    title: 'Ingress policy as security groups',
    explanation:
      'Peers are the workloads of this app; a load balancer of an Ingress is always admitted, and DNS, time and metadata are never filtered. No action is required.',
  },
  I2K567: {
    severity: 'warning',
    title: 'Egress policy as security groups',
    explanation:
      'DNS, time and metadata are never filtered, and TCP 443 stays open, as the addresses of AWS are not known in advance. Services of this app are reached through their internal load balancers; a Service of type LoadBalancer has public addresses, which the policy must name. No other action is required.',
  },
  I2K566: {
    severity: 'warning',
    title: 'Policy without a workload',
    explanation:
      'The policy selects no workload of the input, so it has no effect. Compare its podSelector with the labels of the pods.',
  },
  I2K569: {
    severity: 'warning',
    title: 'Ingress that only the environment reaches',
    explanation:
      'Without a scheme the load balancer is internal, as that of the AWS Load Balancer Controller; those of most other controllers are public. Set alb.ingress.kubernetes.io/scheme to internet-facing or internal.',
  },
  I2K568: {
    severity: 'warning',
    title: 'Variable named after Docker links',
    explanation:
      'Service variables named after Docker links (`DB_PORT_5432_TCP_ADDR`) do not exist. Use `DB_SERVICE_HOST` and `DB_SERVICE_PORT`, or the name of the Service.',
  },
  I2K579: {
    severity: 'warning',
    title: 'Autoscaler target out of reach',
    explanation:
      'A percentage is of the requests, as in Kubernetes, and usage ends at the limits and at the size of the machine: the metric never reaches this target, so the group never grows. Lower the target, set requests, or use a larger machine.',
  },
  I2K577: {
    severity: 'warning',
    title: 'Hook without an order',
    explanation:
      'Helm runs a hook before or after everything else is installed; a stack runs it with the app, and again when its template changes. Let workloads that depend on it wait in an init container, or run the hook separately.',
  },
  I2K578: {
    severity: 'warning',
    title: 'Deadline that a machine cannot keep',
    explanation:
      'A deadline counts from the boot of its machine. Behind a load balancer a machine has at least 300 seconds, and elsewhere CloudFormation leaves at most 3300. Set a longer or a shorter deadline.',
  },
});
