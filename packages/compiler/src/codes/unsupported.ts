// Codes 4xx: what machines on AWS cannot do; refused. An explanation's first sentence is the message where a field is
// refused for what it is (2-check/ledger.ts), the rest is its hint.
import { defineCodes } from './codeEntry.ts';

export const unsupportedCodes = defineCodes({
  I2K401: {
    severity: 'error',
    title: 'Files of the host',
    explanation:
      'A pod has a machine of its own here, so there is no host whose files it could share. Use emptyDir for scratch space, a ConfigMap for files, a PersistentVolumeClaim for data.',
  },
  I2K402: {
    severity: 'error',
    title: 'Network file system or disk of another cloud',
    explanation:
      'The machine cannot attach storage of this kind. Use a PersistentVolumeClaim, which becomes an encrypted EBS volume.',
  },
  I2K403: {
    severity: 'error',
    title: 'Volume made by a driver or by hand',
    explanation:
      'There is no driver that would make or attach this volume, and i2kit attaches only volumes that are in its own stack. Use a PersistentVolumeClaim, which becomes an encrypted EBS volume.',
  },
  I2K404: {
    severity: 'error',
    title: 'Volume that is fetched at start',
    explanation: 'A machine fetches nothing when it boots. Put the files into a container image or a ConfigMap.',
  },
  I2K405: {
    severity: 'error',
    title: 'Volume filled by an API server',
    explanation:
      'There is no API server that would issue tokens, certificates or trust bundles. For AWS, annotate the ServiceAccount with eks.amazonaws.com/role-arn; for the rest, use a Secret.',
  },
  I2K406: {
    severity: 'error',
    title: 'Resource claims',
    explanation:
      "There is no scheduler that would allocate devices. For GPUs, ask for nvidia.com/gpu in a container's limits.",
  },
  I2K407: {
    severity: 'error',
    title: 'Windows',
    explanation: 'The machines run Linux only. Leave the Windows options out.',
  },
  I2K408: {
    severity: 'error',
    title: 'Namespaces of the host',
    explanation:
      "The containers can neither join the machine's process namespace nor have a user namespace of their own. To let containers of a pod see one another's processes, use shareProcessNamespace.",
  },
  I2K409: {
    severity: 'error',
    title: 'Runtime class',
    explanation:
      'The machines have one runtime, runc. Leave the runtime class out: each pod is isolated by a machine of its own.',
  },
  I2K410: {
    severity: 'error',
    title: 'Bound to a node or held back',
    explanation:
      'There are no nodes and no scheduler, so a pod can neither be bound to one nor wait for it. To choose a zone or an instance type, use nodeSelector.',
  },
  I2K411: {
    severity: 'error',
    title: 'Unknown node label',
    explanation:
      'A machine can be chosen by operating system, architecture, instance type and zone only. Use kubernetes.io/os, kubernetes.io/arch, node.kubernetes.io/instance-type or topology.kubernetes.io/zone.',
  },
  I2K412: {
    severity: 'error',
    title: 'Near or far from other pods',
    explanation:
      'Each pod has a machine of its own, and no machine is placed by where others are. Leave it out: replicas are never on one machine, and are spread evenly over the zones.',
  },
  I2K413: {
    severity: 'error',
    title: 'Spread over something else than machines and zones',
    explanation:
      'Replicas are spread over machines and zones only. Use kubernetes.io/hostname or topology.kubernetes.io/zone as topologyKey.',
  },
  I2K414: {
    severity: 'error',
    title: 'Readiness gate',
    explanation:
      'No controller would ever set this condition, so the pod would never be ready. Use a readiness probe; the health of load balancer targets is waited for anyway.',
  },
  I2K415: {
    severity: 'error',
    title: 'Ephemeral containers',
    explanation:
      'Nothing can be added to a machine that runs. Use a sidecar: an init container with restartPolicy Always.',
  },
  I2K416: {
    severity: 'error',
    title: "Not done by the machine's agent",
    explanation: "The program that runs the pod's containers does not do this. Leave it out.",
  },
  I2K417: {
    severity: 'error',
    title: "Security profile from the host's files",
    explanation: "The machine's image holds no profiles of yours. Use RuntimeDefault, or Unconfined for seccomp.",
  },
  I2K418: {
    severity: 'error',
    title: 'Another port or address on the host',
    explanation:
      "The containers share the machine's network, so a container's port is the machine's port, on all of its addresses. Make hostPort equal to containerPort, or leave it out.",
  },
  I2K419: {
    severity: 'error',
    title: 'Paused',
    explanation:
      'A stack is rolled out when it is deployed; nothing could hold one Deployment back. Leave the Deployment out, or set paused to false.',
  },
  I2K420: {
    severity: 'error',
    title: 'Resources of the whole pod',
    explanation: 'The machine is sized by what the containers ask for. Give the resources to the containers.',
  },
  I2K421: {
    severity: 'error',
    title: 'Unknown resource',
    explanation: 'No machine offers this resource. Known are cpu, memory, ephemeral-storage and nvidia.com/gpu.',
  },
  I2K422: {
    severity: 'error',
    title: 'Rollout longer than an hour',
    explanation:
      'CloudFormation waits for a batch of machines for an hour at most. Set progressDeadlineSeconds to 3600 or less.',
  },
  I2K423: {
    severity: 'error',
    title: 'Grace period longer than two days',
    explanation:
      'A machine that terminates can be held for 48 hours at most. Set terminationGracePeriodSeconds to 172800 or less.',
  },
  I2K424: {
    severity: 'error',
    title: 'Field that cannot be known',
    explanation:
      'The machine does not know this about itself. See the downward API in the documentation for what it knows.',
  },
  I2K425: {
    severity: 'error',
    title: 'Port that two containers have',
    explanation:
      "The containers of a pod share one network, and port 10256 of it is the agent's. Give each container ports of its own.",
  },
  I2K426: {
    severity: 'error',
    title: 'Unknown capability',
    explanation:
      'Linux has no capability of this name, so the runtime would not start the container. Use a name like NET_ADMIN, without CAP_.',
  },
  I2K427: {
    severity: 'error',
    title: 'Kernel parameter outside of the pod',
    explanation:
      'The parameter reaches outside of the pod, or weakens what keeps containers apart. A pod may set those of the network and of IPC, and amounts of memory, files and processes (vm.max_map_count, fs.file-max, kernel.pid_max and others of their kind). Leave it out.',
  },
  I2K428: {
    severity: 'error',
    title: 'Expansion too long for a program',
    explanation:
      'Linux passes no argument or variable over 128 KiB to a program, and at most 6 MiB in total. Put long texts into a file, by a ConfigMap that is mounted.',
  },
  I2K429: {
    severity: 'error',
    title: 'Host name too long',
    explanation:
      'With setHostnameAsFQDN the kernel is told the full name, of which it takes 64 characters; Kubernetes does not start such a pod. Shorten the name, the subdomain or the namespace, or leave setHostnameAsFQDN out.',
  },
  I2K430: {
    severity: 'error',
    title: 'Addresses of nodes',
    explanation: 'There are no nodes that could take traffic for these addresses. Use a Service of type LoadBalancer.',
  },
  I2K431: {
    severity: 'error',
    title: 'Traffic that stays on the node',
    explanation:
      'Each pod has a machine of its own, so there is no other pod on the same node. Use internalTrafficPolicy Cluster.',
  },
  I2K432: {
    severity: 'error',
    title: 'IPv6',
    explanation:
      "The environment's network has IPv4 addresses only. Use ipFamilies [IPv4] and ipFamilyPolicy SingleStack or PreferDualStack.",
  },
  I2K433: {
    severity: 'error',
    title: 'SCTP',
    explanation: "Neither load balancers nor the machine's firewall pass SCTP on. Use TCP or UDP.",
  },
  I2K434: {
    severity: 'error',
    title: 'Session timeout',
    explanation:
      'A network load balancer keeps a client at a machine without a timeout that could be set. Leave the timeout out.',
  },
  I2K435: {
    severity: 'error',
    title: 'Load balancer class',
    explanation: 'No controller of this class is there. Leave it out, or use service.k8s.aws/nlb.',
  },
  I2K437: {
    severity: 'error',
    title: 'Service without a selector',
    explanation:
      'Nothing says which machines such a Service leads to. Give it a selector, or use type ExternalName for something outside.',
  },
  I2K438: {
    severity: 'error',
    title: 'Two Services on one port of a load balancer',
    explanation: 'A load balancer listens once on a port. Give the Services different ports or load balancers.',
  },
  I2K439: {
    severity: 'error',
    title: 'Named port that differs between workloads',
    explanation:
      "A load balancer's targets all have one port. Let the selected workloads give the name to one number, or use the number.",
  },
  I2K440: {
    severity: 'error',
    title: 'Named port that no workload has',
    explanation:
      "No container of the selected workloads has a port of this name and protocol. Name the container's port, or use its number.",
  },
  I2K445: {
    severity: 'error',
    title: 'Volume for many machines',
    explanation:
      'A disk is attached to one machine at a time. Use ReadWriteOnce or ReadWriteOncePod; for shared files, use S3 from the application.',
  },
  I2K446: {
    severity: 'error',
    title: 'Claim bound to something that is there already',
    explanation:
      'A claim becomes a new EBS volume; it cannot be bound to another volume or made from one. Leave this out and copy the data once, or make it from a snapshot (i2kit.dev/snapshot-id).',
  },
  I2K447: {
    severity: 'error',
    title: 'Claim used more than once',
    explanation: 'A disk is attached to one machine at a time. Give each workload a claim of its own, and one replica.',
  },
  I2K450: {
    severity: 'error',
    title: 'ConfigMap that is not there',
    explanation: 'The pod could not start without it. Add the ConfigMap to the input, or set optional to true.',
  },
  I2K451: {
    severity: 'error',
    title: 'Key that is not in the ConfigMap',
    explanation: 'The pod could not start without it. Add the key to the ConfigMap, or set optional to true.',
  },
  I2K452: {
    severity: 'error',
    title: 'Claim that is not there',
    explanation: 'The pod could not start without it. Add the PersistentVolumeClaim to the input.',
  },
  I2K453: {
    severity: 'error',
    title: 'ServiceAccount that is not there',
    explanation:
      'Kubernetes would not make the pod. Add the ServiceAccount to the input, or leave serviceAccountName out.',
  },
  I2K460: {
    severity: 'error',
    title: 'Unknown annotation',
    explanation:
      'Annotations of i2kit.dev and of service.beta.kubernetes.io/aws-load-balancer- mean something, so one that is not known is an error. See the documentation for those that are.',
  },
  I2K461: {
    severity: 'error',
    title: 'Annotation with a value that cannot be used',
    explanation:
      'The annotation is known, but its value is not one that it can have. See the documentation of annotations.',
  },
  I2K462: {
    severity: 'error',
    title: 'Annotation that cannot be honoured',
    explanation: 'The annotation is known, but what it asks for cannot be done. Leave it out.',
  },
  I2K463: {
    severity: 'error',
    title: 'Annotation on the wrong object',
    explanation:
      'The annotation is known, but says nothing on an object of this kind. Move it to where it is understood.',
  },
  I2K470: {
    severity: 'error',
    title: 'Completions with an index',
    explanation:
      'The machines of a Job are alike, and none knows its index. Use completionMode NonIndexed, or a Job for each part.',
  },
  I2K471: {
    severity: 'error',
    title: 'Job longer than twelve hours',
    explanation:
      'CloudFormation waits twelve hours for a Job at the most. Set activeDeadlineSeconds to 43200 or less, or use a CronJob, for which no stack waits.',
  },
  I2K472: {
    severity: 'error',
    title: 'Schedule that cannot be kept',
    explanation:
      'A run of a CronJob is a group that fills at a time of the clock and empties by itself. Leave out what asks for more.',
  },
  I2K473: {
    severity: 'error',
    title: 'Job that something else decides on',
    explanation:
      'There is no controller that would look at how the pods of a Job failed. Leave it out: backoffLimit counts every failure.',
  },
  I2K480: {
    severity: 'error',
    title: 'Backend that is no Service',
    explanation: 'There is no controller that could serve this resource. Use a Service as the backend.',
  },
  I2K481: {
    severity: 'error',
    title: 'TLS without a certificate of ACM',
    explanation:
      'TLS ends at the load balancer, which takes certificates of ACM, not of Secrets. Name one with the annotation alb.ingress.kubernetes.io/certificate-arn.',
  },
  I2K482: {
    severity: 'error',
    title: 'Parameters of an IngressClass',
    explanation: 'There is no controller that would read them. Use annotations of the Ingress.',
  },
  I2K483: {
    severity: 'error',
    title: 'Ingress that leads nowhere',
    explanation:
      'A backend is a TCP port of a Service of the same namespace that selects a workload of the input. Correct the name or the port.',
  },
  I2K484: {
    severity: 'error',
    title: 'Path that a load balancer cannot match',
    explanation: 'A path of a rule has at most 128 letters, digits and _-.$/~"\'@:+&. Choose another path.',
  },
  I2K485: {
    severity: 'error',
    title: 'Ingresses of one group that disagree',
    explanation:
      'Ingresses of one group share a load balancer, so they have to say the same of it. Change one, or its group.',
  },
  I2K487: {
    severity: 'error',
    title: 'Two load balancers for one name',
    explanation:
      'A public name leads to one load balancer. Put the Ingresses into one group, or give them other hosts.',
  },
  I2K441: {
    severity: 'error',
    title: 'Way that a Service cannot be reached',
    explanation:
      'By host goes HTTP alone, and names of machines balance nothing; either is for Services inside of the app. Say `i2kit.dev/via: nlb` on this Service.',
  },
  I2K442: {
    severity: 'error',
    title: 'Port of a machine that leads to two places',
    explanation:
      "With `via: dns` a machine listens on its Services' own ports, so each can lead to one port of the pod. Change a port, or say `i2kit.dev/via: nlb` on one of the Services.",
  },
  I2K443: {
    severity: 'error',
    title: 'One host for two Services',
    explanation:
      'Clients of either namespace call the Service by its bare name, and the load balancer sees only that. Say `i2kit.dev/via: nlb` on one of the two, or give them other ports.',
  },
  I2K444: {
    severity: 'error',
    title: 'Policy that a shared load balancer voids',
    explanation:
      'Whoever reaches the load balancer of Services by host reaches all of them at a port, so it cannot keep what a NetworkPolicy says. Use `via: nlb` or `via: dns` for Services of these workloads.',
  },
  I2K475: {
    severity: 'error',
    title: 'Autoscaler of nothing that scales',
    explanation:
      'An autoscaler scales one Deployment or ReplicaSet of the input, which has no other and no disk. Correct scaleTargetRef.',
  },
  I2K476: {
    severity: 'error',
    title: 'Metric that nothing measures',
    explanation:
      'There is no metrics server. Use the resources cpu and memory, or an Object metric requests-per-second of an Ingress with an averageValue.',
  },
  I2K477: {
    severity: 'error',
    title: 'Budget that blocks every rollout',
    explanation:
      'No machine may be missing, and none is brought beforehand. Let one be missing, or let the rollout surge.',
  },
  I2K478: {
    severity: 'error',
    title: 'Policy for what goes out',
    explanation:
      'The security groups of a machine add up, so that one with rules of its own can void what the policy says. Leave `network.securityGroup` out of i2kit.yaml, or Egress out of policyTypes.',
  },
  I2K497: {
    severity: 'error',
    title: 'A hook that would run with the app',
    explanation:
      'Charts mark what Helm runs when something is tested, deleted or rolled back, and `helm template` prints it like the rest. A stack would run it whenever the app is deployed. Leave it out: `--skip-tests` for tests, `--no-hooks` for all hooks.',
  },
});
