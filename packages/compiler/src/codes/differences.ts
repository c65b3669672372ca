// Codes 5xx: what is done otherwise than a cluster would, or not at all; warned of. An explanation's first sentence is the
// message where a field is warned of for what it is (2-check/ledger.ts), the rest is its hint.
import { defineCodes } from './codeEntry.ts';

export const differenceCodes = defineCodes({
  I2K501: {
    severity: 'warning',
    title: 'Revision history',
    explanation:
      'Earlier revisions are not kept as objects: CloudFormation rolls back to the previous template by itself. To go back further, deploy the earlier manifest.',
  },
  I2K502: {
    severity: 'warning',
    title: 'The host is the machine',
    explanation:
      "The pod's host is a machine of its own, so this gives it the whole machine and nothing of other pods. Leave it out unless that is meant.",
  },
  I2K503: {
    severity: 'warning',
    title: 'Privileged',
    explanation:
      "A privileged container may do anything on its machine, the agent's rights in AWS included. Add single capabilities instead.",
  },
  I2K504: {
    severity: 'warning',
    title: 'No API token',
    explanation: 'There is no API server, so no token is mounted. Set automountServiceAccountToken to false to say so.',
  },
  I2K505: {
    severity: 'warning',
    title: 'Pull secrets',
    explanation:
      "Images are pulled when the machine's image is built, with the credentials of Docker's own configuration. Log in where the build runs.",
  },
  I2K506: {
    severity: 'warning',
    title: 'Preference',
    explanation:
      'A preference cannot be weighed without a scheduler, so it is passed over. Make it a requirement if it matters.',
  },
  I2K507: {
    severity: 'warning',
    title: 'Spread that is not strict',
    explanation:
      'Machines are spread evenly over the zones, but where a zone has no capacity another zone takes its share. Nothing needs to be done.',
  },
  I2K508: {
    severity: 'warning',
    title: 'Scheduler',
    explanation: 'There is no scheduler: each pod has a machine of its own. Leave it out.',
  },
  I2K509: {
    severity: 'warning',
    title: 'SELinux and AppArmor',
    explanation:
      "The machine's kernel has neither SELinux nor AppArmor, so this confines nothing. Each pod is confined by a machine of its own.",
  },
  I2K510: {
    severity: 'warning',
    title: 'Recreate is not strict',
    explanation:
      'Old machines are terminated before new ones start, but may still be shutting down while the new ones boot. Do not rely on there being one at a time.',
  },
  I2K511: {
    severity: 'warning',
    title: 'Rolling update with a disk',
    explanation:
      'A disk is attached to one machine at a time, so the old machine ends before the new one starts. Use the strategy Recreate to say so.',
  },
  I2K512: {
    severity: 'warning',
    title: 'No resources asked for',
    explanation:
      'Nothing says how large the machine must be, so the default instance type is taken. Give the containers requests for cpu and memory.',
  },
  I2K513: {
    severity: 'warning',
    title: 'Namespace',
    explanation:
      'A namespace is only a part of names here: nothing is made of the object, and its labels apply no policy. Nothing needs to be done.',
  },
  I2K514: {
    severity: 'warning',
    title: 'Storage class',
    explanation:
      'The class is not in the input, or its provisioner is not on AWS, so the disk is an encrypted gp3 volume. Name an EBS type (gp3, gp2, st1, sc1), or add a StorageClass of ebs.csi.aws.com.',
  },
  I2K520: {
    severity: 'warning',
    title: 'Secret in the manifest',
    explanation:
      "A secret's values are never put into a template, so these are left out. `i2kit secrets push` puts them into Secrets Manager.",
  },
  I2K521: {
    severity: 'warning',
    title: 'Secret that is not in the input',
    explanation:
      "The machine will look for it in Secrets Manager when it boots, as `i2kit/<env>/<namespace>/<name>`, and `apply` asks that it be there. `i2kit secrets push` puts a manifest's Secret there.",
  },
  I2K522: {
    severity: 'warning',
    title: 'Key that is not in the Secret',
    explanation:
      'The Secret of the manifests has no such key, and the machine fails to boot if the one in Secrets Manager has none either. Add the key, or set optional to true.',
  },
  I2K530: {
    severity: 'warning',
    title: 'Service that selects nothing',
    explanation:
      "No workload of the input has these labels, so the Service leads nowhere, unless another app's workload has them: `i2kit context` looks for one. Compare the selector with the labels of the pod templates.",
  },
  I2K531: {
    severity: 'warning',
    title: 'No nodes',
    explanation:
      'There are no nodes whose ports could be opened; the load balancer listens instead. Use type ClusterIP inside of the environment, LoadBalancer outside of it.',
  },
  I2K532: {
    severity: 'warning',
    title: 'Address that cannot be chosen',
    explanation: "Addresses are given out by AWS, so this one is not. Use the Service's name.",
  },
  I2K533: {
    severity: 'warning',
    title: 'Addresses that are not ready',
    explanation: 'A load balancer sends nothing to machines that are not ready. Leave it out.',
  },
  I2K534: {
    severity: 'warning',
    title: 'Traffic distribution',
    explanation:
      'Which machine gets a connection is decided by the load balancer. To keep traffic in its zone, turn cross-zone load balancing off by annotation.',
  },
  I2K535: {
    severity: 'warning',
    title: 'UDP',
    explanation:
      "Over UDP a machine always sees the client's own address, and cannot reach itself through the load balancer. Nothing needs to be done if it does not call itself.",
  },
  I2K540: {
    severity: 'warning',
    title: 'Annotation that is not honoured',
    explanation: 'The annotation is known, but the load balancer is set up without it. Leave it out.',
  },
  I2K550: {
    severity: 'warning',
    title: 'Failures are counted by machine',
    explanation:
      'Each machine of a Job counts the failures of its own pod, so backoffLimit holds for each of them. Nothing needs to be done.',
  },
  I2K551: {
    severity: 'warning',
    title: 'Runs do not overlap',
    explanation: 'While one run of a CronJob goes on, no other is started. Set concurrencyPolicy to Forbid to say so.',
  },
  I2K552: {
    severity: 'warning',
    title: 'Finished Job',
    explanation:
      "A Job's machines end with it, but the Job stays in the stack until it leaves the manifests. Leave it out.",
  },
  I2K553: {
    severity: 'warning',
    title: 'Run that is late',
    explanation: 'A run starts at its time or not at all, and is not made up for. Leave it out.',
  },
  I2K560: {
    severity: 'warning',
    title: 'Another controller',
    explanation:
      'Whatever the controller of an IngressClass, its Ingresses become an application load balancer. Annotations of another controller have no effect.',
  },
  I2K561: {
    severity: 'warning',
    title: 'Path as the implementation takes it',
    explanation:
      'The path is matched as application load balancers do: `*` stands for any characters, and nothing else matches more than itself. Use Prefix or Exact to say which is meant.',
  },
  I2K562: {
    severity: 'warning',
    title: 'Replicas beside an autoscaler',
    explanation:
      'The autoscaler decides how many machines there are, so this number is passed over. Leave replicas out.',
  },
  I2K563: {
    severity: 'warning',
    title: 'Behavior of an autoscaler',
    explanation:
      'Auto Scaling follows a target at a pace of its own: up at once, down after a quarter of an hour. Leave the behavior out.',
  },
  I2K564: {
    severity: 'warning',
    title: 'Budget of nothing',
    explanation:
      'The budget selects no workload of the input, so it limits nothing. Compare its selector with the labels of the pods.',
  },
  I2K565: {
    severity: 'warning',
    title: 'Policy as a firewall does it',
    explanation:
      'Peers are the workloads of this app; a load balancer of an Ingress is let in whatever the policy says, and name service, time and metadata are never filtered. Nothing needs to be done.',
  },
  I2K567: {
    severity: 'warning',
    title: 'Policy for what goes out as a firewall does it',
    explanation:
      'Names, time and metadata are never filtered, and TCP 443 stays open, as nobody knows the addresses at which AWS answers. Services of this app are reached through their internal load balancers; one of type LoadBalancer has public addresses, which the policy has to name. Nothing else needs to be done.',
  },
  I2K566: {
    severity: 'warning',
    title: 'Policy of nothing',
    explanation:
      'The policy selects no workload of the input, so it protects nothing. Compare its podSelector with the labels of the pods.',
  },
  I2K568: {
    severity: 'warning',
    title: "Variable in the manner of Docker's links",
    explanation:
      'Of the variables for Services, those named after links (`DB_PORT_5432_TCP_ADDR`) are not made. Use `DB_SERVICE_HOST` and `DB_SERVICE_PORT`, or the name of the Service.',
  },
  I2K577: {
    severity: 'warning',
    title: 'A hook runs in no order',
    explanation:
      'Helm runs a hook before or after everything else is installed; a stack runs it with the app, and again when its template changes. Let what needs its work wait for it, in an init container, or run it by itself.',
  },
  I2K578: {
    severity: 'warning',
    title: 'Deadline that a machine cannot keep',
    explanation:
      'A deadline counts from the boot of its machine. Behind a load balancer a machine has 300 seconds at the least, and elsewhere CloudFormation leaves 3300 at the most. Set a longer or a shorter deadline.',
  },
});
