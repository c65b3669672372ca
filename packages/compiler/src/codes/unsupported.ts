// Codes 4xx of pods, workloads and data: requests that machines on AWS cannot satisfy. If a field is reported as such, the first sentence
// of the explanation is its message (2-check/fieldSupport.ts), the rest its hint.
import { defineCodes } from './codeEntry.ts';

export const unsupportedCodes = defineCodes({
  I2K401: {
    severity: 'error',
    title: 'Files of the host',
    explanation:
      'Each pod has its own machine, so there is no host whose files it could share. Use emptyDir for scratch space, a ConfigMap for files, a PersistentVolumeClaim for data.',
  },
  I2K402: {
    severity: 'error',
    title: 'Network file system or storage of another cloud',
    explanation:
      'The machine cannot attach storage of this kind. Use a PersistentVolumeClaim, which becomes an encrypted EBS volume.',
  },
  I2K403: {
    severity: 'error',
    title: 'Volume of a driver, or created by hand',
    explanation:
      'There is no driver that would create or attach this volume, and i2kit attaches only volumes of its own stack. Use a PersistentVolumeClaim, which becomes an encrypted EBS volume.',
  },
  I2K404: {
    severity: 'error',
    title: 'Volume fetched at start',
    explanation: 'A machine fetches nothing when it boots. Put the files into a container image or a ConfigMap.',
  },
  I2K405: {
    severity: 'error',
    title: 'Volume filled by an API server',
    explanation:
      'There is no API server that would issue tokens, certificates or trust bundles. For AWS, annotate the ServiceAccount with eks.amazonaws.com/role-arn; for others, use a Secret.',
  },
  I2K406: {
    severity: 'error',
    title: 'Resource claims',
    explanation:
      "There is no scheduler that would allocate devices. For GPUs, set nvidia.com/gpu in a container's limits.",
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
      "Containers can neither join the machine's process namespace nor have their own user namespace. To let containers of a pod see each other's processes, use shareProcessNamespace.",
  },
  I2K409: {
    severity: 'error',
    title: 'Runtime class',
    explanation:
      'The machines have one runtime, runc. Leave the runtime class out: each pod is isolated by its own machine.',
  },
  I2K410: {
    severity: 'error',
    title: 'Bound to a node, or waiting for one',
    explanation:
      'There are no nodes and no scheduler, so a pod can neither be bound to one nor wait for it. To choose a zone or an instance type, use nodeSelector.',
  },
  I2K411: {
    severity: 'error',
    title: 'Unknown node label',
    explanation:
      'A machine can be selected by operating system, architecture, instance type and zone only. Use kubernetes.io/os, kubernetes.io/arch, node.kubernetes.io/instance-type or topology.kubernetes.io/zone.',
  },
  I2K412: {
    severity: 'error',
    title: 'Affinity to other pods',
    explanation:
      'Each pod has its own machine, which is not placed relative to others. Leave it out: replicas never share a machine, and are spread evenly over the zones.',
  },
  I2K413: {
    severity: 'error',
    title: 'Spread over other topologies than machines and zones',
    explanation:
      'Replicas are spread over machines and zones only. Use kubernetes.io/hostname or topology.kubernetes.io/zone as topologyKey.',
  },
  I2K414: {
    severity: 'error',
    title: 'Readiness gate',
    explanation:
      'No controller would ever set this condition, so the pod would never be ready. Use a readiness probe; deployments wait for healthy load balancer targets in any case.',
  },
  I2K415: {
    severity: 'error',
    title: 'Ephemeral containers',
    explanation:
      'No container can be added to a running machine. Use a sidecar: an init container with restartPolicy Always.',
  },
  I2K416: {
    severity: 'error',
    title: "Not supported by the machine's agent",
    explanation: "The machine's agent does not support this. Leave it out.",
  },
  I2K417: {
    severity: 'error',
    title: 'Custom security profile',
    explanation: 'The machine image contains no custom profiles. Use RuntimeDefault, or Unconfined for seccomp.',
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
      'A stack is rolled out when it is deployed; a single Deployment cannot be paused. Leave the Deployment out, or set paused to false.',
  },
  I2K420: {
    severity: 'error',
    title: 'Resources of the whole pod',
    explanation: "The size of the machine follows the containers' requests. Set the resources of the containers.",
  },
  I2K421: {
    severity: 'error',
    title: 'Unknown resource',
    explanation: 'No machine has this resource. Supported: cpu, memory, ephemeral-storage and nvidia.com/gpu.',
  },
  I2K422: {
    severity: 'error',
    title: 'Rollout longer than an hour',
    explanation:
      'CloudFormation waits for a batch of machines for at most an hour. Set progressDeadlineSeconds to 3600 or less.',
  },
  I2K423: {
    severity: 'error',
    title: 'Grace period longer than two days',
    explanation:
      'A terminating machine can be held for at most 48 hours. Set terminationGracePeriodSeconds to 172800 or less.',
  },
  I2K424: {
    severity: 'error',
    title: 'Unknown field of the downward API',
    explanation:
      'The machine does not know this about itself. See the downward API in the documentation for the supported fields.',
  },
  I2K425: {
    severity: 'error',
    title: 'Port used by two containers',
    explanation:
      'The containers of a pod share one network, in which the agent uses port 10256. Give each container its own ports.',
  },
  I2K426: {
    severity: 'error',
    title: 'Unknown capability',
    explanation:
      'Linux has no capability of this name, so the runtime would not start the container. Use a name like NET_ADMIN, without CAP_.',
  },
  I2K427: {
    severity: 'error',
    title: 'Kernel parameter beyond the pod',
    explanation:
      'The parameter affects more than the pod, or weakens the isolation of containers. A pod may set parameters of the network and of IPC, and amounts of memory, files and processes (vm.max_map_count, fs.file-max, kernel.pid_max and similar ones). Leave it out.',
  },
  I2K428: {
    severity: 'error',
    title: 'Expansion too long for a program',
    explanation:
      'Linux passes arguments and variables of at most 128 KiB to a program, and at most 6 MiB in total. Put long texts into a mounted ConfigMap.',
  },
  I2K429: {
    severity: 'error',
    title: 'Host name too long',
    explanation:
      'With setHostnameAsFQDN the kernel gets the full name, which may have 64 characters; Kubernetes does not start such a pod. Shorten the name, the subdomain or the namespace, or leave setHostnameAsFQDN out.',
  },
  I2K436: {
    severity: 'error',
    title: 'Memory in which no process starts',
    explanation:
      'Less than 1 MiB of memory is requested or allowed: `128m` is an eighth of a byte. Write the amount with its unit, such as 128Mi.',
  },
  I2K445: {
    severity: 'error',
    title: 'Volume for several machines',
    explanation:
      'An EBS volume is attached to one machine at a time. Use ReadWriteOnce or ReadWriteOncePod; for shared files, use S3 from the application.',
  },
  I2K446: {
    severity: 'error',
    title: 'Claim of an existing volume',
    explanation:
      'A claim becomes a new EBS volume; it cannot use another volume, or be created from one. Leave this out and copy the data once, or create it from a snapshot (i2kit.dev/snapshot-id).',
  },
  I2K447: {
    severity: 'error',
    title: 'Claim used more than once',
    explanation:
      'An EBS volume is attached to one machine at a time. Give each workload its own claim, and one replica.',
  },
  I2K450: {
    severity: 'error',
    title: 'ConfigMap not found',
    explanation: 'The pod could not start without it. Add the ConfigMap to the input, or set optional to true.',
  },
  I2K451: {
    severity: 'error',
    title: 'Key not found in the ConfigMap',
    explanation: 'The pod could not start without it. Add the key to the ConfigMap, or set optional to true.',
  },
  I2K452: {
    severity: 'error',
    title: 'Claim not found',
    explanation: 'The pod could not start without it. Add the PersistentVolumeClaim to the input.',
  },
  I2K453: {
    severity: 'error',
    title: 'ServiceAccount not found',
    explanation:
      'Kubernetes would not create the pod. Add the ServiceAccount to the input, or leave serviceAccountName out.',
  },
  I2K460: {
    severity: 'error',
    title: 'Unknown annotation',
    explanation:
      'i2kit supports annotations of i2kit.dev and of service.beta.kubernetes.io/aws-load-balancer-, but not this one. See the documentation of annotations.',
  },
  I2K461: {
    severity: 'error',
    title: 'Invalid value of an annotation',
    explanation: 'The annotation is supported, but not with this value. See the documentation of annotations.',
  },
  I2K462: {
    severity: 'error',
    title: 'Unsupported annotation',
    explanation: 'The annotation is known, but its request cannot be satisfied. Leave it out.',
  },
  I2K463: {
    severity: 'error',
    title: 'Annotation on the wrong object',
    explanation: 'The annotation is known, but has no effect on this kind. Move it to a supported kind.',
  },
  I2K470: {
    severity: 'error',
    title: 'Indexed completions',
    explanation:
      'The machines of a Job are identical and do not know their index. Use completionMode NonIndexed, or a Job for each part.',
  },
  I2K471: {
    severity: 'error',
    title: 'Job longer than twelve hours',
    explanation:
      'CloudFormation waits for a Job for at most twelve hours. Set activeDeadlineSeconds to 43200 or less, or use a CronJob, for which no stack waits.',
  },
  I2K472: {
    severity: 'error',
    title: 'Unsupported schedule',
    explanation:
      'A run of a CronJob is a group that fills at a time of the clock and empties itself. Leave out other requests.',
  },
  I2K473: {
    severity: 'error',
    title: 'Externally managed Job',
    explanation:
      'There is no controller that would examine how the pods of a Job failed. Leave it out: backoffLimit counts every failure.',
  },
  I2K475: {
    severity: 'error',
    title: 'Autoscaler without a scalable workload',
    explanation:
      'An autoscaler scales one Deployment or ReplicaSet of the input, without another autoscaler or an EBS volume. Correct scaleTargetRef.',
  },
  I2K476: {
    severity: 'error',
    title: 'Unsupported metric',
    explanation:
      'There is no metrics server. Use the resources cpu and memory, or an Object metric requests-per-second of an Ingress with an averageValue.',
  },
  I2K477: {
    severity: 'warning',
    title: 'Budget that no rollout can keep',
    explanation:
      'No machine may be missing, and rollouts do not surge. As in Kubernetes, a budget limits evictions; the rollout replaces machines in spite of it. Let one be missing, or let the rollout surge.',
  },
  I2K497: {
    severity: 'error',
    title: 'Hook that would run with the app',
    explanation:
      'Helm runs these hooks when a release is tested, deleted or rolled back, but `helm template` prints them like other objects. A stack would run them whenever the app is deployed. Leave them out: `--skip-tests` for tests, `--no-hooks` for all hooks.',
  },
});
