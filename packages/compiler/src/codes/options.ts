// Codes 7xx: options, configuration and lock; 72x to 79x are the command line's own.
import { defineCodes } from './codeEntry.ts';

export const optionCodes = defineCodes({
  I2K701: {
    severity: 'error',
    title: 'A workload has no image',
    explanation:
      'With `--require-images` each workload needs an AMI id, from `--image`, from `images` in i2kit.yaml or from the lock file.',
  },
  I2K702: {
    severity: 'warning',
    title: 'A workload has no image yet',
    explanation:
      'The template then asks for the AMI id as a parameter without a default. `i2kit image push` builds images and writes their ids into the lock file; or name one with `--image NAME=ami-…`, or under `images` in i2kit.yaml.',
  },
  I2K703: {
    severity: 'error',
    title: 'An image is given for no workload, or for several',
    explanation: 'Keys are `[Kind/][namespace/]name`; say as much of it as makes it one workload of the input.',
  },
  I2K704: {
    severity: 'error',
    title: 'A disk needs an availability zone',
    explanation:
      'A disk cannot leave its zone, so the zone is a literal in the template and is kept in the lock file. It comes from the lock, from a nodeSelector on `topology.kubernetes.io/zone`, or is the first zone of the region.',
  },
  I2K705: {
    severity: 'error',
    title: 'An image id is not one',
    explanation:
      'AMI ids are `ami-` and 8 or 17 hexadecimal digits; in i2kit.yaml a workload may have one for each region.',
  },
  I2K706: {
    severity: 'error',
    title: 'Not a label selector',
    explanation:
      '`-l` takes the syntax of kubectl: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, several with commas between them.',
  },
  I2K707: {
    severity: 'error',
    title: 'What is there cannot be used',
    explanation:
      'A VPC needs DNS support and DNS host names; subnets are in that VPC, each in another zone; public ones have a way to an internet gateway and those of machines a way out; a security group is in the VPC; a load balancer is a network load balancer of the VPC with security groups.',
  },
  I2K710: {
    severity: 'error',
    title: "The environment's network cannot be cut into subnets",
    explanation:
      'The VPC is cut into 16 subnets, of which a private and a public one are used for each zone. Its addresses (`network.cidr`) are an IPv4 network between /16 and /24.',
  },
  I2K711: {
    severity: 'error',
    title: 'An environment cannot have so many zones',
    explanation:
      'An environment spans one to six availability zones (`network.zones`), two by default; no region has more.',
  },
  I2K712: {
    severity: 'warning',
    title: 'Machines have public addresses',
    explanation:
      'Without NAT (`network.egress: none`) a machine needs a public address to reach AWS at all. Its security groups let nothing in from the internet.',
  },
  I2K713: {
    severity: 'error',
    title: 'What is in the account was not looked up',
    explanation:
      'Settings that name a VPC, subnets, a security group or a load balancer, or anything by its tags, are answered by the account. `i2kit env create` and `apply` look them up and keep the answer in i2kit.context.json, so that compiling needs no network and gives the same bytes for everyone.',
  },
  I2K714: {
    severity: 'error',
    title: 'No room is named in the VPC',
    explanation:
      'Where the VPC is there (`network.vpc`) and subnets are not named, they are cut from `network.cidr`, which must be a part of the VPC that nothing else uses.',
  },
  I2K715: {
    severity: 'error',
    title: 'NAT gateways for subnets that are there',
    explanation:
      'Subnets that are there (`network.subnets`) have routes of their own, which i2kit leaves alone. Leave `network.egress` out.',
  },
  I2K716: {
    severity: 'error',
    title: 'No subnets for machines',
    explanation:
      'Machines stand in the private subnets, or with `network.egress: none` in the public ones; `network.subnets` has to name those.',
  },
  I2K717: {
    severity: 'warning',
    title: 'No subnets for public load balancers',
    explanation:
      'A load balancer that the internet reaches needs public subnets. Name `network.subnets.public`, or expose nothing publicly.',
  },
  I2K718: {
    severity: 'error',
    title: 'A load balancer of the other kind',
    explanation:
      'A load balancer that is there is internal or internet-facing for good: a Service of type LoadBalancer is public unless annotated as internal, any other is internal.',
  },
  I2K719: {
    severity: 'error',
    title: 'What the settings name is not there, or not alone',
    explanation:
      'Tags have to find exactly one VPC, security group, key pair, zone, bucket or load balancer, and at least one subnet; an id has to be that of something that is there. What would do instead is listed.',
  },
  I2K720: {
    severity: 'error',
    title: 'No such file',
    explanation:
      'A file or directory that a flag names does not exist. Paths are taken from the directory that i2kit is started in.',
  },
  I2K721: {
    severity: 'error',
    title: 'Not a file',
    explanation:
      'Only regular files and directories are read: a FIFO, a socket or a device could block for ever. Pipe the manifests into `-f -` instead.',
  },
  I2K722: {
    severity: 'error',
    title: 'Directories form a loop',
    explanation:
      'A symbolic link leads back to itself, or to a directory that holds it. Remove the link, or name the directories one by one.',
  },
  I2K723: {
    severity: 'error',
    title: 'A directory holds no manifests',
    explanation:
      'In a directory, files whose names end in .yaml, .yml or .json are read, and those of the directories inside of it only with -R. None was found.',
  },
  I2K724: {
    severity: 'error',
    title: 'A file is not UTF-8',
    explanation: 'Manifests are UTF-8, as Kubernetes wants them. Save the file in that encoding.',
  },
  I2K725: {
    severity: 'error',
    title: 'The input is too large',
    explanation:
      'Over the limit: 16 MiB for one file, 32 MiB and 10,000 files for all of them. Split the app, or leave out what is no manifest.',
  },
  I2K726: {
    severity: 'error',
    title: 'A file cannot be read',
    explanation: 'The system refused to read the file; its reason is in the message.',
  },
  I2K727: {
    severity: 'error',
    title: 'An address rather than a file',
    explanation:
      'Nothing is fetched from the network, so that the same command gives the same result. Download the manifests first, or pipe them into `-f -`.',
  },
  I2K728: {
    severity: 'error',
    title: 'Nothing to read',
    explanation:
      'No manifests were named: give files or directories with -f, or `-f -` for standard input, or set I2KIT_MANIFEST.',
  },
  I2K729: {
    severity: 'error',
    title: 'I2KIT_MANIFEST is not base64',
    explanation: 'The variable holds manifests in base64, as `base64 -w0 < web.yaml` prints them.',
  },
  I2K730: {
    severity: 'error',
    title: 'The configuration cannot be read',
    explanation:
      'i2kit.yaml is one YAML document, a mapping of settings. `i2kit schema config` prints what it may hold.',
  },
  I2K731: {
    severity: 'error',
    title: 'An unknown setting',
    explanation:
      'The configuration holds a setting that i2kit does not know. `i2kit schema config` prints those that it does.',
  },
  I2K732: {
    severity: 'error',
    title: 'A setting has a wrong value',
    explanation: 'The value of a setting, a flag or a variable has the wrong type, or is not one that it may have.',
  },
  I2K733: {
    severity: 'error',
    title: 'The lock file cannot be read',
    explanation:
      'The lock file is JSON that i2kit writes (`i2kit schema lock` prints its form). Take it from version control again rather than repair it.',
  },
  I2K734: {
    severity: 'error',
    title: 'The lock file would change',
    explanation:
      'With --frozen-lock nothing may be decided anew. Run the command with --write-lock, review what it decided and commit the lock file.',
  },
  I2K735: {
    severity: 'error',
    title: 'An image is malformed',
    explanation:
      'An image is given as NAME=AMI, or NAME=REGION:AMI,REGION:AMI; NAME is [Kind/][namespace/]name of a workload, AMI is ami- and 8 or 17 hexadecimal digits.',
  },
  I2K736: {
    severity: 'error',
    title: 'The context file cannot be read',
    explanation:
      'i2kit.context.json is JSON that i2kit writes (`i2kit schema context` prints its form). Take it from version control again, or remove it: what it held is looked up anew.',
  },
  I2K740: {
    severity: 'error',
    title: 'The app has no name',
    explanation:
      'A stack is called after its environment and its app. Give --app, set `app` in i2kit.yaml, or label the objects app.kubernetes.io/part-of.',
  },
  I2K741: {
    severity: 'error',
    title: 'Several apps at once',
    explanation:
      'The labels app.kubernetes.io/part-of name more than one app. Compile them one by one (-l app.kubernetes.io/part-of=… --app …), or as one with --app.',
  },
  I2K742: {
    severity: 'error',
    title: 'A name cannot be used',
    explanation:
      'Names of apps, environments and namespaces become parts of stack names, DNS names and paths, and have to be fit for all of them.',
  },
  I2K737: {
    severity: 'error',
    title: 'No image in a region',
    explanation:
      'A stack set boots the same workload in several regions, and an AMI is of one: each region needs its own (`i2kit image push` makes them).',
  },
  I2K744: {
    severity: 'error',
    title: 'A zone that not every region has',
    explanation:
      'A disk, or a nodeSelector on the zone, binds a workload to one region. Deploy it by itself, without a stack set.',
  },
  I2K745: {
    severity: 'error',
    title: 'A certificate that not every region has',
    explanation:
      'Certificates are of one region. Leave it out of what a stack set deploys, or deploy each region by itself.',
  },
  I2K746: {
    severity: 'error',
    title: 'One public name in several regions',
    explanation:
      'Each stack of a set would make the same record. Leave `hostedZone` out and route between the regions by other means, or deploy each region by itself.',
  },
  I2K747: {
    severity: 'error',
    title: 'A load balancer of one region',
    explanation:
      'A load balancer that is there already is in one region and account, and a stack set has a stack in several.',
  },
  I2K748: {
    severity: 'error',
    title: 'A payload that other accounts cannot read',
    explanation:
      'A payload over 16 KB is a file in the bucket of the environment, which every account and region of a stack set would need.',
  },
  I2K749: {
    severity: 'error',
    title: 'A stack set without its places',
    explanation:
      'A stack set needs regions, and either accounts or organizational units: by flags, or under `stackSet` in i2kit.yaml.',
  },
  I2K770: {
    severity: 'error',
    title: 'An override leads to no resource',
    explanation:
      'An override in i2kit.yaml names a Kubernetes object and a kind of resource that comes from it; the hint says which there are. Where the object is gone, remove the override.',
  },
  I2K771: {
    severity: 'error',
    title: 'An override leads to several resources',
    explanation:
      'Say with `at` which part of the object the resource comes from, or with `every: true` that all of them are meant.',
  },
  I2K772: {
    severity: 'error',
    title: 'An override cannot be applied',
    explanation:
      'An override has either `merge` (JSON Merge Patch, RFC 7386) or `patch` (JSON Patch, RFC 6902). Each operation of a patch needs its place to be there, and a `test` has to hold.',
  },
  I2K773: {
    severity: 'error',
    title: 'An override changes what is not its to change',
    explanation:
      'The type of a resource, what its logical id is made of and the names that AWS would have to keep stay as they are: two resources would collide, or one could no longer be replaced. Change the manifest instead.',
  },
  I2K774: {
    severity: 'error',
    title: 'An override makes what CloudFormation does not take',
    explanation:
      "After an override the resource has to be one of its type still: properties that exist, with values of their type, the required ones there, and references to what is in the template. See the resource's page in the CloudFormation reference.",
  },
  I2K753: {
    severity: 'error',
    title: 'Kustomize is not there',
    explanation:
      '`-k` asks `kustomize build`, or else `kubectl kustomize`, what a directory becomes; neither program is on the PATH. Install one, or build the directory elsewhere and pipe it into `-f -`.',
  },
  I2K754: {
    severity: 'error',
    title: 'Kustomize fails',
    explanation: 'What the program said is in the message. It has 60 seconds, and may make 16 MiB.',
  },
  I2K743: {
    severity: 'error',
    title: 'Another layout of stacks',
    explanation:
      'Whether an app is one stack or one for each workload (`stacks`) is chosen at the first deployment and kept in the lock file: what leaves one stack for another is deleted and made anew. Keep it, or deploy the app under another name and destroy the old one.',
  },
  I2K750: {
    severity: 'error',
    title: 'Several stacks cannot be one JSON text',
    explanation: 'JSON holds one template. Take YAML documents (-o yaml), or a file for each stack (-d DIR).',
  },
  I2K751: {
    severity: 'error',
    title: 'The result cannot be written',
    explanation: 'The system refused to write a file; its reason is in the message. No file is half-written.',
  },
  I2K752: {
    severity: 'warning',
    title: 'Payloads were not written',
    explanation:
      'Payloads over 16 KB are files beside the template, which standard output cannot hold. Use -d DIR to get them too.',
  },
});
