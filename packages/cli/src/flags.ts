// The table of all flags, which the parser, help and completion read.

export interface Flag {
  readonly type: 'boolean' | 'string' | 'list';
  readonly short?: string;
  readonly describe: string;
  /** Placeholder of the value in help. */
  readonly value?: string;
  /** The environment variable that applies if the flag is absent. */
  readonly variable?: string;
  /** True if the shell should complete file names. */
  readonly path?: true;
}

const defineFlags = <const T extends Readonly<Record<string, Flag>>>(flags: T): T => flags;

export const flags = defineFlags({
  filename: {
    type: 'list',
    short: 'f',
    value: 'FILE',
    path: true,
    variable: 'I2KIT_MANIFEST',
    describe: 'Manifests: a file, a directory, or - for standard input (repeatable)',
  },
  kustomize: {
    type: 'list',
    short: 'k',
    value: 'DIR',
    path: true,
    describe: 'Directory to build with kustomize or kubectl first (repeatable; can be combined with -f)',
  },
  recursive: { type: 'boolean', short: 'R', describe: 'Also read subdirectories' },
  namespace: { type: 'string', short: 'n', value: 'NAME', describe: 'Namespace for objects without one' },
  selector: {
    type: 'string',
    short: 'l',
    value: 'LABELS',
    describe: 'Only objects with these labels, e.g. tier=web,stage!=old',
  },
  app: {
    type: 'string',
    value: 'NAME',
    describe:
      'Name of the app (default: app of i2kit.yaml, else the label app.kubernetes.io/part-of, the folder, or the only workload)',
  },
  env: {
    type: 'string',
    value: 'NAME',
    describe: 'Name of the environment (default: env of i2kit.yaml, else "default")',
  },
  config: {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Configuration file (default: ./i2kit.yaml if it exists)',
  },
  image: {
    type: 'list',
    value: 'NAME=AMI',
    describe: 'Machine image of a workload: web=ami-… or web=eu-west-1:ami-…,us-east-1:ami-… (repeatable)',
  },
  'require-images': { type: 'boolean', describe: 'Fail if a workload has no image, instead of making it a parameter' },
  'ignore-kind': { type: 'list', value: 'KIND', describe: 'Skip objects of this kind (repeatable)' },
  'prune-volumes': {
    type: 'boolean',
    describe:
      'Delete volumes that are no longer mounted (default: keep them); with apply --prune, also volumes that are ' +
      'in no stack',
  },
  region: { type: 'string', value: 'REGION', variable: 'I2KIT_REGION', describe: 'AWS region, e.g. eu-west-1' },
  'hosted-zone': {
    type: 'string',
    value: 'DOMAIN',
    variable: 'I2KIT_HOSTED_ZONE',
    describe: 'Public DNS zone, e.g. example.com',
  },
  'instance-type': {
    type: 'string',
    value: 'TYPE',
    variable: 'I2KIT_INSTANCE_TYPE',
    describe: 'Instance type of every machine',
  },
  'key-pair': {
    type: 'string',
    value: 'NAME',
    variable: 'I2KIT_KEYPAIR',
    describe: 'EC2 key pair for debugging images',
  },
  subnet: {
    type: 'string',
    value: 'ID,ID',
    variable: 'I2KIT_SUBNET',
    describe: 'Existing subnets to use, one per availability zone',
  },
  'security-group': {
    type: 'string',
    value: 'ID',
    variable: 'I2KIT_SECURITY_GROUP',
    describe: 'Existing security group to use for every machine',
  },
  lock: {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Lock file (default: i2kit.lock.json beside the configuration if it exists)',
  },
  'rebuild-lock': { type: 'boolean', describe: 'Write the lock file again, from the deployed stacks of the app' },
  'write-lock': { type: 'boolean', describe: 'Write the decisions of this run to the lock file' },
  'frozen-lock': { type: 'boolean', describe: 'Fail if the lock file would change' },
  output: { type: 'string', short: 'o', value: 'FORMAT', describe: 'Output format' },
  dir: {
    type: 'string',
    short: 'd',
    value: 'DIR',
    path: true,
    describe: 'Write <stack>.template.json and assets/ to this directory instead of standard output',
  },
  boot: {
    type: 'string',
    value: 'FIRMWARE',
    describe: 'Firmware of images: uefi, or bios for instance types older than Nitro',
  },
  debug: { type: 'boolean', describe: 'Build images with SSH and a login on the serial console' },
  update: { type: 'boolean', describe: 'Resolve image tags again instead of using the locked digests' },
  mirror: { type: 'list', value: 'REGISTRY=URL', describe: 'Registry mirror, as REGISTRY=URL (repeatable)' },
  'images-dir': {
    type: 'string',
    value: 'DIR',
    path: true,
    describe: 'Directory of builds (default: i2kit/images in $XDG_CACHE_HOME, or in ~/.cache)',
  },
  build: { type: 'boolean', describe: 'Build missing images (default); --no-build refuses instead' },
  import: {
    type: 'string',
    value: 'WAY',
    describe: "ebs: write a snapshot directly (default); s3: import through the environment's bucket",
  },
  regions: {
    type: 'list',
    value: 'REGIONS',
    describe: 'Comma-separated regions to copy the image to; for apply, the regions of the stack set (repeatable)',
  },
  accounts: {
    type: 'list',
    value: 'IDS',
    describe: 'Comma-separated accounts to share the image with; for apply, the accounts of the stack set (repeatable)',
  },
  encrypt: {
    type: 'boolean',
    describe: "Encrypt images with the key of --kms-key or the account's default key; --no-encrypt disables encryption",
  },
  keep: {
    type: 'string',
    value: 'N',
    describe: 'Number of unused images to keep in each region, newest first (default: 3)',
  },
  'older-than': {
    type: 'string',
    value: 'TIME',
    describe: 'Keep images newer than this, e.g. 2h, in case an import is running (default: 24h)',
  },
  'dry-run': { type: 'boolean', describe: 'Show what would be deleted, and stop' },
  publish: {
    type: 'list',
    short: 'p',
    value: 'HOST:MACHINE',
    describe: 'Forward a port of this computer to one of the machine (repeatable)',
  },
  'secret-file': {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Manifest with Secrets for this run, instead of Secrets Manager',
  },
  disk: { type: 'string', value: 'FILE', path: true, describe: 'Boot this raw disk instead of building one' },
  memory: { type: 'string', value: 'MIB', describe: "VM memory in MiB (default: the pod's requests + 384)" },
  accel: { type: 'string', value: 'NAME', describe: 'Accelerator: auto, kvm, hvf or tcg' },
  internet: { type: 'boolean', describe: "Give the machine access to this computer's network" },
  review: {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Execute exactly the review in this file, written by --save-review',
  },
  'save-review': {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Write the review to FILE, and change nothing',
  },
  against: {
    type: 'string',
    value: 'BASE',
    path: true,
    describe: 'Base of the comparison: stack (default), git:REF, or a directory written by synth -d',
  },
  'exit-zero': { type: 'boolean', describe: 'Exit with 0 even if there are differences' },
  yes: { type: 'boolean', short: 'y', describe: 'Do not ask' },
  timeout: {
    type: 'string',
    value: 'TIME',
    describe: 'Stop waiting after this time, e.g. 90s, 30m or 2h (default: 1h)',
  },
  detach: {
    type: 'boolean',
    describe: 'Return once AWS has accepted the operation; the same command resumes watching it',
  },
  cancel: { type: 'boolean', describe: 'Cancel the running update, as i2kit cancel does' },
  'cancel-on-interrupt': { type: 'boolean', describe: 'On Ctrl-C, cancel the update and wait for its rollback' },
  rollback: {
    type: 'boolean',
    describe: 'Roll back a failed stack (default); --no-rollback leaves it for inspection',
  },
  'allow-replace': { type: 'list', value: 'ID', describe: 'Allow a resource to lose its data or address (repeatable)' },
  for: { type: 'string', value: 'USE', describe: 'Use to grant permissions for: synth, diff, deploy or image' },
  account: { type: 'string', value: 'ID', describe: 'Account id of 12 digits (default: any account)' },
  'take-name': {
    type: 'list',
    value: 'NAME',
    describe: 'Take a DNS name from its existing record (repeatable)',
  },
  'allow-rights': { type: 'list', value: 'ID', describe: "Allow a role's permissions to widen (repeatable)" },
  'allow-network': {
    type: 'list',
    value: 'ID',
    describe: 'Allow a security group or load balancer to open to more sources (repeatable)',
  },
  'allow-removal': {
    type: 'list',
    value: 'NAME',
    describe: 'Allow to remove most machines of an app, or a volume, by its name (repeatable)',
  },
  retain: {
    type: 'list',
    value: 'ID',
    describe: "Resource to leave in the account, if the stack's deletion failed (repeatable)",
  },
  skip: { type: 'list', value: 'ID', describe: 'Resource whose rollback to skip (repeatable)' },
  follow: { type: 'boolean', describe: 'Stream events until the operation ends; stream logs until Ctrl-C' },
  to: { type: 'string', value: 'N|HASH', describe: 'Revision to return to: its number, or the beginning of its hash' },
  watch: { type: 'boolean', short: 'w', describe: 'Poll until no operation is running' },
  since: { type: 'string', value: 'TIME', describe: 'Start of the range, as time before now, e.g. 90s, 10m or 2h' },
  tail: { type: 'string', value: 'N', describe: 'Show only the last N lines' },
  container: {
    type: 'string',
    short: 'c',
    value: 'NAME',
    describe: 'Show only this container; @agent is the machine itself',
  },
  machine: { type: 'string', value: 'ID', describe: 'Show only this machine, by its EC2 id' },
  limit: {
    type: 'string',
    value: 'N',
    describe: 'Show at most N, newest first (default: 20 operations for history, all events for events)',
  },
  timestamps: { type: 'boolean', describe: 'Prefix each line with its time' },
  console: { type: 'boolean', describe: 'Show the console output that EC2 keeps, instead of logs' },
  progress: {
    type: 'string',
    value: 'FORM',
    describe: 'Format of progress: tree, plain or json (default: tree on terminals, else plain)',
  },
  'public-zone-id': {
    type: 'string',
    value: 'ID',
    describe: 'Id of the public hosted zone (default: looked up by its name)',
  },
  'kms-key': {
    type: 'string',
    value: 'KEY',
    describe:
      'Id, alias or ARN of the KMS key for secrets; for images, comma-separated ARNs, one per region (default: ' +
      "the account's own key)",
  },
  'recovery-window': {
    type: 'string',
    value: 'DAYS',
    describe: 'Days in which a deleted secret can be restored, 7 to 30 (default: 30)',
  },
  force: { type: 'boolean', describe: 'Delete immediately and permanently' },
  'organizational-units': {
    type: 'string',
    value: 'OU,…',
    describe: 'Deploy a stack set to every account of these organizational units',
  },
  'failure-tolerance': {
    type: 'string',
    value: 'N|N%',
    describe: 'Stacks of a region that may fail before a stack set stops',
  },
  'max-concurrent': {
    type: 'string',
    value: 'N|N%',
    describe: 'Stacks of a region that a stack set deploys at a time',
  },
  'region-concurrency': {
    type: 'string',
    value: 'HOW',
    describe: "sequential or parallel deployment of a stack set's regions",
  },
  'stack-set': { type: 'boolean', describe: 'STACK is the name of a stack set' },
  'with-env': { type: 'boolean', describe: "Create or update the app's environment first" },
  prune: { type: 'boolean', describe: 'Afterwards delete stacks of the app that the input no longer contains' },
  'force-redeploy': { type: 'boolean', describe: 'Replace every machine, even without changes' },
  'role-arn': { type: 'string', value: 'ARN', describe: 'Role that CloudFormation assumes for the stack' },
  profile: { type: 'string', value: 'NAME', variable: 'AWS_PROFILE', describe: 'AWS profile' },
  'endpoint-url': {
    type: 'string',
    value: 'URL',
    variable: 'AWS_ENDPOINT_URL',
    describe: 'AWS endpoint, e.g. http://127.0.0.1:4566',
  },
  color: { type: 'boolean', describe: 'Force colours; --no-color disables them' },
  quiet: { type: 'boolean', short: 'q', describe: 'Print errors only: no warnings, no summary' },
  verbose: { type: 'boolean', short: 'v', describe: 'Print the files read, and the stack trace of a bug' },
  help: { type: 'boolean', short: 'h', describe: 'Show help' },
  version: { type: 'boolean', describe: 'Show the version' },
});

export type FlagName = keyof typeof flags;

type ValueOf<F extends Flag> = F['type'] extends 'boolean'
  ? boolean
  : F['type'] extends 'list'
    ? readonly string[]
    : string;

/** The values given; an absent flag is absent here. */
export type Values = { readonly [K in FlagName]?: ValueOf<(typeof flags)[K]> };

/** Flags that every command accepts. */
export const globalFlags: readonly FlagName[] = ['color', 'quiet', 'verbose', 'help', 'version'];

export const flagNames = Object.keys(flags) as readonly FlagName[];

/** Without the literal types of each flag. */
export const flagOf = (name: FlagName): Flag => flags[name];

export const isFlag = (name: string): name is FlagName => Object.hasOwn(flags, name);
