// The guards of every command that deploys or deletes a stack: one table, by which the commands run them. Guards of
// effects (data, address, rights, network, fails) run wherever there are such effects.
import type { FlagName } from './flags.ts';

/** The ways to change stacks. */
export const changes = [
  'apply',
  'apply --with-env',
  'apply --review',
  'apply --regions',
  'rollback',
  'env create',
  'destroy',
  'env destroy',
] as const;
export type Change = (typeof changes)[number];

/** `runs`, or the reason why the guard does not apply. */
type Cell = 'runs' | { readonly not: string };

export interface GuardRow {
  /** The subject of `… is refused`. */
  readonly refuses: string;
  /** The flag that allows it. */
  readonly flag?: FlagName;
  readonly by: Readonly<Record<Change, Cell>>;
}

const not = (reason: string): Cell => ({ not: reason });

const deletes = not('A deletion deploys no template.');
const noMachines = not('An environment has no machines.');
const noNames = not('An environment creates zones, but no records.');

/** Runs in all ways except those given. */
const runsExcept = (exceptions: Partial<Record<Change, Cell>>): GuardRow['by'] =>
  Object.fromEntries(changes.map((change) => [change, exceptions[change] ?? 'runs'])) as Record<Change, Cell>;

const onDeployment = (exceptions: Partial<Record<Change, Cell>> = {}): GuardRow['by'] =>
  runsExcept({ destroy: deletes, 'env destroy': deletes, ...exceptions });

export const guardTable = {
  workloads: {
    refuses: 'An input without a workload',
    by: onDeployment({
      'apply --review': not('The review was made from an input with workloads.'),
      rollback: not('The revision was made from an input with workloads.'),
      'env create': noMachines,
    }),
  },
  secrets: {
    refuses: 'A Secret that the account lacks, or lacks in the locked version',
    by: onDeployment({ 'env create': noMachines }),
  },
  externalServices: {
    refuses: 'A Service whose load balancers in other stacks are missing, or are not those of i2kit.context.json',
    by: onDeployment({
      'apply --review': not('The template was made from the input, and names the load balancers of its time.'),
      rollback: not('The revision names the load balancers of its time.'),
      'env create': noMachines,
    }),
  },
  serviceVariables: {
    refuses: 'Service variables that are too large for a parameter',
    by: onDeployment({
      'apply --regions': not('A stack set writes no service variables.'),
      'env create': noMachines,
    }),
  },
  dnsNames: {
    refuses: 'A DNS name that something else has',
    flag: 'take-name',
    by: onDeployment({
      'apply --regions': not('The own records of its stacks are not known; CloudFormation refuses to replace others.'),
      'env create': noNames,
    }),
  },
  crossAccountNames: {
    refuses: 'A DNS name in a zone of another account that something else has',
    by: onDeployment({
      'apply --regions': not('A stack set writes no records in other accounts.'),
      'env create': noNames,
    }),
  },
  data: { refuses: 'A lost volume, bucket or other data', flag: 'allow-replace', by: onDeployment() },
  address: {
    refuses: 'A changed address of a load balancer',
    flag: 'allow-replace',
    by: onDeployment(),
  },
  rights: {
    refuses: 'Wider permissions or privileges',
    flag: 'allow-rights',
    by: onDeployment({ 'env create': not('An environment has no roles and no pods.') }),
  },
  network: {
    refuses: 'A network that opens',
    flag: 'allow-network',
    by: onDeployment({ 'env create': not('The only rules of an environment are those among its machines.') }),
  },
  fails: { refuses: 'An update that CloudFormation would refuse in its middle', by: onDeployment() },
  removal: {
    refuses: "The removal of more than half of an app's machines, and of volumes outside of a stack update",
    flag: 'allow-removal',
    by: onDeployment({ 'env create': noMachines }),
  },
  owner: {
    refuses: 'A stack of another tool, app or environment',
    by: runsExcept({ 'apply --review': not('The change set belongs to the reviewed stack.') }),
  },
  dependents: {
    refuses: 'The deletion of a stack that others depend on',
    by: runsExcept(
      Object.fromEntries(
        changes
          .filter((change) => !change.endsWith('destroy'))
          .map((change) => [change, not('It deletes only stacks that are last.')]),
      ),
    ),
  },
  confirmation: {
    refuses: 'A change that nobody has confirmed',
    flag: 'yes',
    by: runsExcept({ 'apply --review': not('The review was seen when it was saved.') }),
  },
} as const satisfies Readonly<Record<string, GuardRow>>;

export type GuardName = keyof typeof guardTable;

export const isGuarded = (guard: GuardName, change: Change): boolean => guardTable[guard].by[change] === 'runs';
