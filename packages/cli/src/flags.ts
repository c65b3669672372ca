// Every flag there is: the one table that the fast parser, help and completion read.

export interface Flag {
  readonly type: 'boolean' | 'string' | 'list';
  readonly short?: string;
  readonly describe: string;
  /** What help calls the value. */
  readonly value?: string;
  /** The variable that says the same where the flag is absent. */
  readonly variable?: string;
  /** True where the shell should offer files. */
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
    describe: 'Manifests: a file, a directory, or - for standard input; may be repeated',
  },
  kustomize: {
    type: 'list',
    short: 'k',
    value: 'DIR',
    path: true,
    describe: 'A directory that kustomize, or kubectl, builds first; may be repeated, and stand beside -f',
  },
  recursive: { type: 'boolean', short: 'R', describe: 'Read the directories inside of directories too' },
  namespace: { type: 'string', short: 'n', value: 'NAME', describe: 'Namespace of objects that name none' },
  selector: {
    type: 'string',
    short: 'l',
    value: 'LABELS',
    describe: 'Only objects with these labels, e.g. tier=web,stage!=old',
  },
  app: {
    type: 'string',
    value: 'NAME',
    describe: 'Name of the app; else that of i2kit.yaml, else the label app.kubernetes.io/part-of',
  },
  env: { type: 'string', value: 'NAME', describe: 'Name of the environment; else that of i2kit.yaml, else "default"' },
  config: { type: 'string', value: 'FILE', path: true, describe: 'Configuration; ./i2kit.yaml if there is one' },
  image: {
    type: 'list',
    value: 'NAME=AMI',
    describe: 'Image of a workload: web=ami-… or web=eu-west-1:ami-…,us-east-1:ami-…; may be repeated',
  },
  'require-images': { type: 'boolean', describe: 'A workload without an image is an error, not a parameter' },
  'ignore-kind': { type: 'list', value: 'KIND', describe: 'Pass over objects of this kind; may be repeated' },
  'prune-volumes': {
    type: 'boolean',
    describe:
      'Let disks go that nothing mounts any more; without it they stay. With apply --prune, also those that no stack has',
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
    describe: 'EC2 key pair that opens debugging images',
  },
  subnet: {
    type: 'string',
    value: 'ID,ID',
    variable: 'I2KIT_SUBNET',
    describe: 'Subnets that are there, one for each zone, in place of those that would be made',
  },
  'security-group': {
    type: 'string',
    value: 'ID',
    variable: 'I2KIT_SECURITY_GROUP',
    describe: 'Security group of every machine, in place of the one that would be made',
  },
  lock: {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Lock file; i2kit.lock.json beside the configuration if there is one',
  },
  'write-lock': { type: 'boolean', describe: 'Write the decisions that were made to the lock file' },
  'frozen-lock': { type: 'boolean', describe: 'Fail where the lock file would change' },
  output: { type: 'string', short: 'o', value: 'FORMAT', describe: 'Form of what goes to standard output' },
  dir: {
    type: 'string',
    short: 'd',
    value: 'DIR',
    path: true,
    describe: 'Write <stack>.template.json and assets/ there, rather than to standard output',
  },
  boot: {
    type: 'string',
    value: 'FIRMWARE',
    describe: 'Firmware that images are made for: uefi, or bios for instance types of before Nitro',
  },
  debug: { type: 'boolean', describe: 'Images with a login on the serial console and SSH' },
  update: { type: 'boolean', describe: 'Take what tags stand for now, in place of what is locked' },
  mirror: { type: 'list', value: 'REGISTRY=URL', describe: 'Who is asked in the place of a registry; may be repeated' },
  'images-dir': {
    type: 'string',
    value: 'DIR',
    path: true,
    describe: 'Where builds are kept; .i2kit/images beside the lock file if absent',
  },
  build: { type: 'boolean', describe: 'Build images that are missing, as is usual; --no-build refuses' },
  import: {
    type: 'string',
    value: 'WAY',
    describe: 'ebs: directly into a snapshot, which is usual; s3: through the bucket of the environment',
  },
  regions: {
    type: 'list',
    value: 'REGIONS',
    describe:
      'Further regions of an image; with apply, where a stack set has its stacks; with commas between them, may be repeated',
  },
  accounts: {
    type: 'list',
    value: 'IDS',
    describe:
      'Other accounts that may use an image; with apply, where a stack set has its stacks; with commas between them, may be repeated',
  },
  encrypt: {
    type: 'boolean',
    describe: "Encrypt images, with the account's key if none is named; --no-encrypt for none",
  },
  keep: {
    type: 'string',
    value: 'N',
    describe: 'How many of the newest unused images stay in each region; 3 if absent',
  },
  'older-than': {
    type: 'string',
    value: 'TIME',
    describe: 'Leave what is younger, e.g. 2h: an import may be under way; 24h if absent',
  },
  'dry-run': { type: 'boolean', describe: 'Only show what would be done' },
  publish: {
    type: 'list',
    short: 'p',
    value: 'HOST:MACHINE',
    describe: 'Port of this computer that leads to one of the machine; may be repeated',
  },
  'secret-file': {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Manifest with Secrets for this run, in place of Secrets Manager',
  },
  disk: { type: 'string', value: 'FILE', path: true, describe: 'Raw disk to boot, in place of one that is built' },
  memory: { type: 'string', value: 'MIB', describe: 'Memory of the machine; what the pod requests and 384 if absent' },
  accel: { type: 'string', value: 'NAME', describe: 'auto, kvm, hvf or tcg' },
  internet: { type: 'boolean', describe: 'Let the machine reach the network of this computer' },
  review: {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Execute exactly the review in this file, which --save-review wrote',
  },
  'save-review': {
    type: 'string',
    value: 'FILE',
    path: true,
    describe: 'Review, write the review to FILE, and change nothing',
  },
  against: {
    type: 'string',
    value: 'BASE',
    path: true,
    describe: 'What to compare with: stack (if absent), git:REF, or a directory that `synth -d` wrote',
  },
  'exit-zero': { type: 'boolean', describe: 'Exit with 0 also where something differs' },
  yes: { type: 'boolean', short: 'y', describe: 'Do not ask' },
  timeout: { type: 'string', value: 'TIME', describe: 'How long to wait, e.g. 90s, 30m or 2h; one hour if absent' },
  detach: { type: 'boolean', describe: 'Leave as soon as AWS has taken it over; the same command watches it again' },
  cancel: { type: 'boolean', describe: 'Cancel the update that is under way, as `i2kit cancel` does' },
  'cancel-on-interrupt': { type: 'boolean', describe: 'Ctrl-C cancels the update and waits for its rollback' },
  rollback: {
    type: 'boolean',
    describe: 'Roll a failed stack back, as is usual; --no-rollback leaves it to be looked at',
  },
  'allow-replace': { type: 'list', value: 'ID', describe: 'A resource whose data or address may go; may be repeated' },
  for: { type: 'string', value: 'USE', describe: 'What the rights are for: synth, diff, deploy or image' },
  account: { type: 'string', value: 'ID', describe: 'Account that the rights are for, 12 digits; else any' },
  'take-name': {
    type: 'list',
    value: 'NAME',
    describe: 'A DNS name to take from the record that has it; may be repeated',
  },
  'allow-rights': { type: 'list', value: 'ID', describe: 'A role whose rights may widen; may be repeated' },
  'allow-network': {
    type: 'list',
    value: 'ID',
    describe: 'A firewall or load balancer that may open to more; may be repeated',
  },
  retain: {
    type: 'list',
    value: 'ID',
    describe: 'A resource to leave in the account, of a stack whose deletion failed; may be repeated',
  },
  skip: { type: 'list', value: 'ID', describe: 'A resource whose rollback is given up; may be repeated' },
  follow: { type: 'boolean', describe: 'Go on: with what is under way until it has ended, with logs until Ctrl-C' },
  to: { type: 'string', value: 'N|HASH', describe: 'The revision to go back to, by its number or its hash' },
  watch: { type: 'boolean', short: 'w', describe: 'Look again and again, until nothing is under way any more' },
  since: { type: 'string', value: 'TIME', describe: 'How far to look back, e.g. 90s, 10m or 2h' },
  tail: { type: 'string', value: 'N', describe: 'Only the last N lines' },
  container: {
    type: 'string',
    short: 'c',
    value: 'NAME',
    describe: 'Only this container; @agent is what the machine itself says',
  },
  machine: { type: 'string', value: 'ID', describe: 'Only this machine, by its EC2 id' },
  limit: {
    type: 'string',
    value: 'N',
    describe: 'At most so many, the newest ones; absent: 20 operations of history, all events',
  },
  timestamps: { type: 'boolean', describe: 'Begin each line with its time' },
  console: { type: 'boolean', describe: "The machines' consoles, as EC2 keeps them, in place of logs" },
  progress: { type: 'string', value: 'FORM', describe: 'tree, plain or json; a tree on terminals, else plain lines' },
  'public-zone-id': {
    type: 'string',
    value: 'ID',
    describe: 'Id of the hosted zone of public names; else the one of that name is looked up',
  },
  'kms-key': {
    type: 'string',
    value: 'KEY',
    describe:
      "Id, alias or ARN of the KMS key that encrypts secrets; for images ARNs, one for each region, with commas between them; else the account's own",
  },
  'recovery-window': {
    type: 'string',
    value: 'DAYS',
    describe: 'Days in which a removed secret can be restored, 7 to 30; 30 if absent',
  },
  force: { type: 'boolean', describe: 'At once, and for good' },
  'organizational-units': {
    type: 'string',
    value: 'OU,…',
    describe: 'A stack in each account of these units, as a stack set',
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
    describe: 'sequential or parallel: whether a stack set takes one region after the other',
  },
  'stack-set': { type: 'boolean', describe: 'The name is that of a stack set' },
  'with-env': { type: 'boolean', describe: "Make the app's environment first, or bring it up to date" },
  prune: { type: 'boolean', describe: 'Afterwards delete stacks of the app that the input no longer makes' },
  'force-redeploy': { type: 'boolean', describe: 'Make every machine anew, though nothing has changed' },
  'role-arn': { type: 'string', value: 'ARN', describe: 'Role that CloudFormation takes for the stack' },
  profile: { type: 'string', value: 'NAME', variable: 'AWS_PROFILE', describe: 'Profile of the AWS configuration' },
  'endpoint-url': {
    type: 'string',
    value: 'URL',
    variable: 'AWS_ENDPOINT_URL',
    describe: 'Another endpoint than that of AWS, e.g. http://127.0.0.1:4566',
  },
  color: { type: 'boolean', describe: 'Colours, whatever the terminal; --no-color for none' },
  quiet: { type: 'boolean', short: 'q', describe: 'Errors only: no warnings, no summary' },
  verbose: { type: 'boolean', short: 'v', describe: 'Say what was read; with a bug of i2kit, print its stack' },
  help: { type: 'boolean', short: 'h', describe: 'Show help' },
  version: { type: 'boolean', describe: 'Show the version' },
});

export type FlagName = keyof typeof flags;

type ValueOf<F extends Flag> = F['type'] extends 'boolean'
  ? boolean
  : F['type'] extends 'list'
    ? readonly string[]
    : string;

/** What was given; a flag that was not is absent. */
export type Values = { readonly [K in FlagName]?: ValueOf<(typeof flags)[K]> };

/** Flags that every command takes. */
export const globalFlags: readonly FlagName[] = ['color', 'quiet', 'verbose', 'help', 'version'];

export const flagNames = Object.keys(flags) as readonly FlagName[];

/** As most of the code wants it: without the literal types of each flag. */
export const flagOf = (name: FlagName): Flag => flags[name];

export const isFlag = (name: string): name is FlagName => Object.hasOwn(flags, name);
