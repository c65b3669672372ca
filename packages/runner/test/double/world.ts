// The account as the double has it: stacks, change sets, events, and a journal of what truly happened.
import type { CreateChangeSetInput, ResourceChangeOutput, ResourceDriftOutput } from '../../src/index.ts';
import type { Bucket } from './bucket.ts';
import type { VirtualClock } from './clock.ts';
import type { Fleet } from './fleet.ts';
import { type Part, type Parts, partsOf } from './template.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  status: string;
  reason?: string;
  part: Part;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Stack {
  readonly stackId: string;
  readonly name: string;
  status: string;
  reason: string;
  template: string;
  changeSetId?: string;
  isProtected: boolean;
  tags: readonly Tag[];
  readonly resources: Map<string, Resource>;
  readonly events: StackEvent[];
  /** Counts operations; a planned step of an older one no longer happens. */
  operation: number;
  token?: string;
  /** What goes on after a rollback that failed. */
  resume?: (skip: readonly string[], token: string) => void;
  cancel?: (token: string) => void;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly stackId: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly template: string;
  readonly description: string;
  /** What it was asked for with. */
  readonly input: Partial<CreateChangeSetInput>;
  readonly changes: readonly ResourceChangeOutput[];
  readonly tags: readonly Tag[];
  status: string;
  execution: string;
  reason: string;
  executedWith?: string;
}

/** What truly happened, whatever any run believes. */
export type Fact =
  | {
      readonly kind: 'executed';
      readonly at: number;
      readonly by: string;
      readonly stackId: string;
      readonly changeSetId: string;
      readonly token: string;
      readonly template: string;
    }
  | { readonly kind: 'delete-begun'; readonly at: number; readonly by: string; readonly stackId: string; readonly from: string }
  | { readonly kind: 'resumed'; readonly at: number; readonly by: string; readonly stackId: string }
  | {
      readonly kind: 'ended';
      readonly at: number;
      readonly stackId: string;
      readonly status: string;
      readonly token: string | undefined;
      readonly template: string;
    }
  | {
      readonly kind: 'destroyed';
      readonly at: number;
      readonly stackId: string;
      readonly logicalId: string;
      readonly type: string;
      readonly why: 'update' | 'rollback' | 'delete';
    };

export interface World {
  readonly clock: VirtualClock;
  readonly stacks: Stack[];
  readonly changeSets: ChangeSet[];
  readonly journal: Fact[];
  /** What was changed past CloudFormation, and how far a comparison has come, by its id. */
  readonly drifts: ResourceDriftOutput[];
  readonly detections: Map<string, string>;
  /** Who makes the calls now: a run's name, or `other`. */
  caller: string;
  /** Which of the two ways CloudFormation uses to say that nothing would change. */
  noChange: string;
  /** What is in the environment's bucket. */
  readonly bucket: Bucket;
  /** Machines of the groups; absent where nobody looks at them. */
  fleet?: Fleet;
  serial: number;
  account: string;
}

export const world = (clock: VirtualClock): World => ({
  clock,
  stacks: [],
  changeSets: [],
  journal: [],
  drifts: [],
  detections: new Map(),
  caller: 'setup',
  noChange: "The submitted information didn't contain changes. Submit different information to create a change set.",
  bucket: new Map(),
  serial: 0,
  account: '123456789012',
});

export const arn = (it: World, kind: 'stack' | 'changeSet', name: string): string =>
  `arn:aws:cloudformation:eu-west-1:${it.account}:${kind}/${name}/${(++it.serial).toString(16).padStart(12, '0')}`;

/** By name the present incarnation alone; by ARN any. */
export const stackBy = (it: World, nameOrId: string): Stack | undefined =>
  nameOrId.startsWith('arn:')
    ? it.stacks.find((stack) => stack.stackId === nameOrId)
    : it.stacks.find((stack) => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE');

export function newStack(it: World, name: string, status: string): Stack {
  const stack: Stack = {
    stackId: arn(it, 'stack', name),
    name,
    status,
    reason: '',
    template: '{"Resources":{}}',
    isProtected: false,
    tags: [],
    resources: new Map(),
    events: [],
    operation: 0,
  };
  it.stacks.push(stack);
  return stack;
}

export function say(it: World, stack: Stack, status: string, about?: Resource, reason?: string): void {
  if (about) about.status = status;
  else stack.status = status;
  if (about && reason !== undefined) about.reason = reason;
  if (!about) stack.reason = reason ?? '';
  stack.events.push({
    id: `event-${++it.serial}`,
    at: it.clock.now(),
    stackId: stack.stackId,
    logicalId: about?.logicalId ?? stack.name,
    physicalId: about?.physicalId ?? stack.stackId,
    type: about?.type ?? 'AWS::CloudFormation::Stack',
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(stack.token === undefined ? {} : { token: stack.token }),
  });
}

/** What CloudFormation would say that a change set does. */
export function diff(from: Parts, to: Parts): ResourceChangeOutput[] {
  const changes: ResourceChangeOutput[] = [];
  for (const [id, part] of Object.entries(to)) {
    const old = from[id];
    const about = { LogicalResourceId: id, ResourceType: part.type };
    if (!old) changes.push({ ...about, Action: 'Add' });
    else if (old.identity !== part.identity) {
      const policy = old.policy?.startsWith('Retain') ? 'Retain' : (old.policy ?? 'Delete');
      changes.push({ ...about, Action: 'Modify', Replacement: 'True', PhysicalResourceId: id, PolicyAction: `ReplaceAnd${policy}` });
    } else if (JSON.stringify(old) !== JSON.stringify(part))
      changes.push({ ...about, Action: 'Modify', Replacement: 'False', PhysicalResourceId: id });
  }
  for (const [id, part] of Object.entries(from)) {
    // Older endpoints do not say what becomes of it.
    if (!to[id]) changes.push({ Action: 'Remove', LogicalResourceId: id, ResourceType: part.type, PhysicalResourceId: id });
  }
  return changes;
}

export const partsIn = (stack: Stack): Parts => partsOf(stack.template);
