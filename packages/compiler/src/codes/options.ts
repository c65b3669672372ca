// Codes 7xx: options, configuration and lock file; 72x to 75x are the command line's own.
import { defineCodes } from './codeEntry.ts';

export const optionCodes = defineCodes({
  I2K701: {
    severity: 'error',
    title: 'Workload without a machine image',
    explanation:
      'With `--require-images` each workload needs an AMI id, from `--image`, from `images` in i2kit.yaml or from the lock file.',
  },
  I2K702: {
    severity: 'warning',
    title: 'Machine image not built yet',
    explanation:
      'The template then has a parameter for the AMI id, without a default. `i2kit image push` builds machine images and writes their ids into the lock file; or name one with `--image NAME=ami-…`, or under `images` in i2kit.yaml.',
  },
  I2K703: {
    severity: 'error',
    title: 'Machine image for no workload or for several',
    explanation: 'Keys are `[Kind/][namespace/]name`, with as many parts as make the workload unique in the input.',
  },
  I2K704: {
    severity: 'error',
    title: 'EBS volume without an availability zone',
    explanation:
      'An EBS volume cannot leave its zone, so the zone is a literal in the template and stays in the lock file. It comes from the lock file, from a nodeSelector on `topology.kubernetes.io/zone`, or is the first zone of the region.',
  },
  I2K705: {
    severity: 'error',
    title: 'Invalid machine image id',
    explanation:
      'AMI ids are `ami-` and 8 or 17 hexadecimal digits; in i2kit.yaml a workload may have one for each region.',
  },
  I2K706: {
    severity: 'error',
    title: 'Not a label selector',
    explanation:
      "`-l` uses kubectl's syntax: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, separated by commas.",
  },
  I2K707: {
    severity: 'error',
    title: 'Existing resource cannot be used',
    explanation:
      'A VPC needs DNS support and DNS host names; subnets are in that VPC, each in another zone; public subnets have a route to an internet gateway and those of machines a route to the internet; a security group is in the VPC; a load balancer is a network load balancer of the VPC with security groups.',
  },
  I2K710: {
    severity: 'error',
    title: 'Network too small or too large for subnets',
    explanation:
      'The VPC is split into 16 subnets, of which each zone uses a private and a public one. Its addresses (`network.cidr`) are an IPv4 network between /16 and /24.',
  },
  I2K711: {
    severity: 'error',
    title: 'Too many zones',
    explanation:
      'An environment spans one to six availability zones (`network.zones`, default: 2); no region has more.',
  },
  I2K712: {
    severity: 'warning',
    title: 'Machines have public addresses',
    explanation:
      'Without NAT (`network.egress: none`) a machine needs a public address to reach AWS. Its security groups admit no inbound traffic from the internet.',
  },
  I2K713: {
    severity: 'error',
    title: 'Existing resource not looked up',
    explanation:
      'Settings that name a VPC, subnets, a security group or a load balancer, or any resource by its tags, are looked up in the account. `i2kit env create` and `apply` look them up and write the result to i2kit.context.json, so that compiling needs no network and gives the same bytes for everyone.',
  },
  I2K714: {
    severity: 'error',
    title: 'No address range for subnets in the VPC',
    explanation:
      'If the VPC exists (`network.vpc`) and subnets are not named, they are created in `network.cidr`, which must be an unused part of the VPC.',
  },
  I2K715: {
    severity: 'error',
    title: 'NAT gateways for existing subnets',
    explanation:
      'Existing subnets (`network.subnets`) have their own routes, which i2kit does not change. Leave `network.egress` out.',
  },
  I2K716: {
    severity: 'error',
    title: 'No subnets for machines',
    explanation:
      'Machines are in the private subnets, or with `network.egress: none` in the public ones; `network.subnets` must name them.',
  },
  I2K717: {
    severity: 'warning',
    title: 'No subnets for public load balancers',
    explanation:
      'A load balancer that is reachable from the internet needs public subnets. Name `network.subnets.public`, or expose nothing publicly.',
  },
  I2K718: {
    severity: 'error',
    title: 'Load balancer with another scheme',
    explanation:
      'An existing load balancer is either internal or internet-facing: a Service of type LoadBalancer is public unless annotated as internal, any other is internal.',
  },
  I2K719: {
    severity: 'error',
    title: 'Existing resource not found, or not unique',
    explanation:
      'Tags must match exactly one VPC, security group, key pair, zone, bucket or load balancer, and at least one subnet; an id must be that of an existing resource. The hint lists the candidates.',
  },
  I2K720: {
    severity: 'error',
    title: 'No such file',
    explanation: 'A file or directory that a flag names does not exist. Paths are relative to the current directory.',
  },
  I2K721: {
    severity: 'error',
    title: 'Not a file',
    explanation:
      'Only regular files and directories are read: a FIFO, a socket or a device could block forever. Pipe the manifests into `-f -` instead.',
  },
  I2K722: {
    severity: 'error',
    title: 'Directories form a loop',
    explanation:
      'A symbolic link leads back to itself, or to a directory that contains it. Remove the link, or name the directories one by one.',
  },
  I2K723: {
    severity: 'error',
    title: 'Directory without manifests',
    explanation:
      'In a directory, files whose names end in .yaml, .yml or .json are read; subdirectories only with -R. None was found.',
  },
  I2K724: {
    severity: 'error',
    title: 'File is not UTF-8',
    explanation: 'Manifests are UTF-8, as Kubernetes requires. Save the file in that encoding.',
  },
  I2K725: {
    severity: 'error',
    title: 'Input too large',
    explanation:
      'The limits are 16 MiB for one file, and 32 MiB and 10,000 files in total. Split the app, or omit files that are not manifests.',
  },
  I2K726: {
    severity: 'error',
    title: 'Unreadable file',
    explanation: 'The operating system refused to read the file; the message has its reason.',
  },
  I2K727: {
    severity: 'error',
    title: 'URL instead of a file',
    explanation:
      'i2kit fetches no manifests from the network, so that the same command gives the same result. Download the manifests first, or pipe them into `-f -`.',
  },
  I2K728: {
    severity: 'error',
    title: 'No input',
    explanation:
      'No manifests were named. Pass files or directories with -f, or `-f -` for standard input, or set I2KIT_MANIFEST.',
  },
  I2K738: {
    severity: 'error',
    title: 'The input has no workload',
    explanation:
      'Without a workload the app would have no machines, and `apply` would delete the existing ones: a command in front of the pipe may have failed, or a selector may match nothing. To delete an app, run `i2kit destroy`.',
  },
  I2K739: {
    severity: 'error',
    title: 'Link out of the project',
    explanation:
      "A symbolic link in the project leads out of it, or to git's own files. It would let whoever writes the repository choose another file of this computer to read or replace. The project is the git repository of the working directory, or else the working directory.",
  },
  I2K729: {
    severity: 'error',
    title: 'I2KIT_MANIFEST is not base64',
    explanation: 'The variable holds manifests in base64, as `base64 -w0 < web.yaml` prints them.',
  },
  I2K730: {
    severity: 'error',
    title: 'Unreadable configuration',
    explanation: 'i2kit.yaml is one YAML document, a mapping of settings. `i2kit schema config` prints its schema.',
  },
  I2K731: {
    severity: 'error',
    title: 'Unknown setting',
    explanation: 'The configuration contains an unknown setting. `i2kit schema config` prints the known ones.',
  },
  I2K732: {
    severity: 'error',
    title: 'Invalid value of a setting',
    explanation: 'The value of a setting, a flag or a variable has the wrong type, or is not allowed.',
  },
  I2K733: {
    severity: 'error',
    title: 'Unreadable lock file',
    explanation:
      'The lock file is JSON written by i2kit (`i2kit schema lock` prints its schema). Restore it from version control rather than repair it.',
  },
  I2K734: {
    severity: 'error',
    title: 'Lock file would change',
    explanation:
      'With --frozen-lock no new decision is allowed. Run the command with --write-lock, review the decisions and commit the lock file.',
  },
  I2K735: {
    severity: 'error',
    title: 'Malformed machine image option',
    explanation:
      'Pass a machine image as NAME=AMI, or NAME=REGION:AMI,REGION:AMI; NAME is [Kind/][namespace/]name of a workload, AMI is ami- and 8 or 17 hexadecimal digits.',
  },
  I2K736: {
    severity: 'error',
    title: 'Unreadable context file',
    explanation:
      'i2kit.context.json is JSON written by i2kit (`i2kit schema context` prints its schema). Restore it from version control, or remove it: its content is then looked up again.',
  },
  I2K740: {
    severity: 'error',
    title: 'App without a name',
    explanation:
      'A stack is named after its environment and its app. Without `--app`, `app` in i2kit.yaml and the label app.kubernetes.io/part-of, the app is named after the only folder given, or after its only workload. Pass --app, set `app` in i2kit.yaml, or label the objects app.kubernetes.io/part-of.',
  },
  I2K741: {
    severity: 'error',
    title: 'Several apps',
    explanation:
      'The labels app.kubernetes.io/part-of name more than one app. Compile them one by one (-l app.kubernetes.io/part-of=… --app …), or as one with --app.',
  },
  I2K742: {
    severity: 'error',
    title: 'Invalid name',
    explanation:
      'Names of apps, environments and namespaces become parts of stack names, DNS names and paths, and must be valid in all of them.',
  },
  I2K737: {
    severity: 'error',
    title: 'No machine image in a region',
    explanation:
      'A stack set runs the same workload in several regions, and an AMI belongs to one: each region needs its own (`i2kit image push` creates them).',
  },
  I2K744: {
    severity: 'error',
    title: 'Zone missing in some regions',
    explanation:
      'An EBS volume, or a nodeSelector on the zone, binds a workload to one region. Deploy it separately, without a stack set.',
  },
  I2K745: {
    severity: 'error',
    title: 'Certificate missing in some regions',
    explanation: 'A certificate belongs to one region. Remove it from the stack set, or deploy each region separately.',
  },
  I2K746: {
    severity: 'error',
    title: 'One public name in several regions',
    explanation:
      'Each stack of a set would create the same record. Leave `hostedZone` out and route between the regions by other means, or deploy each region separately.',
  },
  I2K747: {
    severity: 'error',
    title: 'Load balancer in one region only',
    explanation: 'An existing load balancer is in one region and account, but a stack set has stacks in several.',
  },
  I2K748: {
    severity: 'error',
    title: 'Payload unreadable from other accounts',
    explanation:
      "A payload over 16 KB is a file in the environment's bucket, which every account and region of a stack set would need.",
  },
  I2K749: {
    severity: 'error',
    title: 'Stack set without targets',
    explanation:
      'A stack set needs regions, and either accounts or organizational units: by flags, or under `stackSet` in i2kit.yaml.',
  },
  I2K770: {
    severity: 'error',
    title: 'Override without a resource',
    explanation:
      'An override in i2kit.yaml names a Kubernetes object and the type of a resource derived from it; the hint lists them. If the object was removed, remove the override.',
  },
  I2K771: {
    severity: 'error',
    title: 'Override of several resources',
    explanation:
      'Select one with `at`, the part of the object from which the resource is derived, or all with `every: true`.',
  },
  I2K772: {
    severity: 'error',
    title: 'Override cannot be applied',
    explanation:
      'An override has either `merge` (JSON Merge Patch, RFC 7386) or `patch` (JSON Patch, RFC 6902). The path of each operation must exist, and a `test` must hold.',
  },
  I2K773: {
    severity: 'error',
    title: 'Override of a fixed property',
    explanation:
      'The type of a resource, the properties in its logical id and the names that AWS would have to keep cannot be overridden: two resources would collide, or one could not be replaced any more. Change the manifest instead.',
  },
  I2K774: {
    severity: 'error',
    title: 'Override invalid for CloudFormation',
    explanation:
      "After an override the resource must still be valid for its type: existing properties with values of their types, all required properties, and references to parts of the template. See the resource's page in the CloudFormation reference.",
  },
  I2K753: {
    severity: 'error',
    title: 'Missing kustomize',
    explanation:
      '`-k` runs `kustomize build`, or else `kubectl kustomize`, on a directory; neither program is on the PATH. Install one, or build the directory elsewhere and pipe it into `-f -`.',
  },
  I2K754: {
    severity: 'error',
    title: 'Failed kustomize',
    explanation: "The message shows the program's output. Its limits are 60 seconds and 16 MiB.",
  },
  I2K743: {
    severity: 'error',
    title: 'Changed stack layout',
    explanation:
      'Whether an app is one stack or one for each workload (`stacks`) is decided at the first deployment and kept in the lock file: a resource that moves to another stack is deleted and created again. Keep the layout, or deploy the app under another name and destroy the old one.',
  },
  I2K750: {
    severity: 'error',
    title: 'Several stacks in one JSON text',
    explanation: 'JSON holds one template. Use YAML documents (-o yaml), or a file for each stack (-d DIR).',
  },
  I2K751: {
    severity: 'error',
    title: 'Unwritable result',
    explanation: 'The operating system refused to write a file; the message has its reason. No file is partly written.',
  },
  I2K752: {
    severity: 'warning',
    title: 'Payloads not written',
    explanation:
      'Payloads over 16 KB are files beside the template, which standard output cannot hold. Use -d DIR to write them, too.',
  },
});
