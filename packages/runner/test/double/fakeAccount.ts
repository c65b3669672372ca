// The account of the double: stacks, change sets, events, and a journal of the true events.
import type { CreateChangeSetInput, StackResourceChange, StackResourceDrift } from '../../src/index.ts';
import type { VirtualClock } from './clock.ts';
import type { FakeBucket } from './fakeBucket.ts';
import type { FakeFleet } from './fakeFleet.ts';
import { type Part, type Parts, partsOf } from './template.ts';

export interface FakeResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  status: string;
  reason?: string;
  part: Part;
}

export interface FakeStackEvent {
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

export interface FakeTag {
  readonly Key: string;
  readonly Value: string;
}

export interface FakeStack {
  readonly stackId: string;
  readonly name: string;
  status: string;
  reason: string;
  template: string;
  changeSetId?: string;
  isProtected: boolean;
  tags: readonly FakeTag[];
  readonly resources: Map<string, FakeResource>;
  readonly events: FakeStackEvent[];
  /** Counts operations; a planned step of an earlier one no longer happens. */
  operation: number;
  token?: string;
  /** Continues after a failed rollback. */
  resume?: (skip: readonly string[], token: string) => void;
  cancel?: (token: string) => void;
}

export interface FakeChangeSet {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly stackId: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly template: string;
  readonly description: string;
  /** Its input. */
  readonly input: Partial<CreateChangeSetInput>;
  readonly changes: readonly StackResourceChange[];
  readonly tags: readonly FakeTag[];
  status: string;
  execution: string;
  reason: string;
  executedWith?: string;
}

/** The true events, whatever a run believes. */
export type JournalEntry =
  | {
      readonly kind: 'executed';
      readonly at: number;
      readonly by: string;
      readonly stackId: string;
      readonly changeSetId: string;
      readonly token: string;
      readonly template: string;
    }
  | {
      readonly kind: 'delete-begun';
      readonly at: number;
      readonly by: string;
      readonly stackId: string;
      readonly from: string;
    }
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

export interface FakeAccount {
  readonly clock: VirtualClock;
  readonly stacks: FakeStack[];
  readonly changeSets: FakeChangeSet[];
  readonly journal: JournalEntry[];
  /** Changes past CloudFormation, and the progress of a drift detection, by its id. */
  readonly drifts: StackResourceDrift[];
  readonly detections: Map<string, string>;
  /** The current caller: a run's name, or `other`. */
  caller: string;
  /** Which of CloudFormation's two wordings for "nothing would change" is used. */
  noChange: string;
  /** Content of the environment's bucket. */
  readonly bucket: FakeBucket;
  /** Machines of the groups; absent if no test reads them. */
  fleet?: FakeFleet;
  serial: number;
  account: string;
}

export const newFakeAccount = (clock: VirtualClock): FakeAccount => ({
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

export const newArn = (it: FakeAccount, kind: 'stack' | 'changeSet', name: string): string =>
  `arn:aws:cloudformation:eu-west-1:${it.account}:${kind}/${name}/${(++it.serial).toString(16).padStart(12, '0')}`;

/** By name only the current incarnation; by ARN any. */
export const findStack = (it: FakeAccount, nameOrId: string): FakeStack | undefined =>
  nameOrId.startsWith('arn:')
    ? it.stacks.find((stack) => stack.stackId === nameOrId)
    : it.stacks.find((stack) => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE');

export function newStack(it: FakeAccount, name: string, status: string): FakeStack {
  const stack: FakeStack = {
    stackId: newArn(it, 'stack', name),
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

export function recordStackEvent(
  it: FakeAccount,
  stack: FakeStack,
  status: string,
  about?: FakeResource,
  reason?: string,
): void {
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

/** The changes that CloudFormation would report for a change set. */
export function changesBetween(from: Parts, to: Parts): StackResourceChange[] {
  const changes: StackResourceChange[] = [];
  for (const [id, part] of Object.entries(to)) {
    const old = from[id];
    const about = { LogicalResourceId: id, ResourceType: part.type };
    if (!old) changes.push({ ...about, Action: 'Add' });
    else if (old.identity !== part.identity) {
      const policy = old.policy?.startsWith('Retain') ? 'Retain' : (old.policy ?? 'Delete');
      changes.push({
        ...about,
        Action: 'Modify',
        Replacement: 'True',
        PhysicalResourceId: id,
        PolicyAction: `ReplaceAnd${policy}`,
      });
    } else if (JSON.stringify(old) !== JSON.stringify(part))
      changes.push({ ...about, Action: 'Modify', Replacement: 'False', PhysicalResourceId: id });
  }
  for (const [id, part] of Object.entries(from)) {
    // Older endpoints omit the policy.
    if (!to[id])
      changes.push({ Action: 'Remove', LogicalResourceId: id, ResourceType: part.type, PhysicalResourceId: id });
  }
  return changes;
}

export const partsIn = (stack: FakeStack): Parts => partsOf(stack.template);
