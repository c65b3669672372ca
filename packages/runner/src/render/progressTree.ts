// Progress for terminals: stacks, the Kubernetes objects of their resources, and the resources in progress, redrawn
// each time.
import type { RunEvent } from '../events/catalog.ts';
import type { ResourceEvent } from '../events/operationEvents.ts';
import { printable } from './lines.ts';

export interface ProgressTreeOptions {
  /** The Kubernetes object of a resource, by logical id, e.g. `Deployment/default/web`. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Logical ids of all resources of the operation, if known: those without an event yet count as pending. */
  readonly planned?: readonly string[];
  /** Desired number of machines of a group, by logical id. */
  readonly machines?: Readonly<Record<string, number>>;
  readonly color?: boolean;
  readonly columns: number;
  /** The number of available lines. */
  readonly rows: number;
}

type ResourceState = 'done' | 'working' | 'failed' | 'undone' | 'waiting';

interface TreeResource {
  readonly id: string;
  readonly type: string;
  state: ResourceState;
  status: string;
  note: string;
  /** Number of machines that have signalled that they are ready. */
  signals: number;
}

interface TreeStack {
  status: string;
  since: number;
  readonly resources: Map<string, TreeResource>;
}

export interface ProgressTree {
  add(event: RunEvent): void;
  /** The tree as of `now` (milliseconds); fits the width and height of the terminal. */
  lines(now: number, options: ProgressTreeOptions): readonly string[];
}

const symbols: Readonly<Record<ResourceState, string>> = {
  done: '✓',
  working: '•',
  failed: '✗',
  undone: '↺',
  waiting: '·',
};
const colors: Readonly<Record<ResourceState, number>> = { done: 32, working: 36, failed: 31, undone: 33, waiting: 90 };

function resourceStateOf(status: string): ResourceState {
  if (status.endsWith('_FAILED')) return 'failed';
  if (status.includes('ROLLBACK')) return 'undone';
  return status.endsWith('_COMPLETE') || status.endsWith('_SKIPPED') ? 'done' : 'working';
}

const isStackEvent = (event: ResourceEvent, stackName: string): boolean =>
  event.logicalId === stackName && event.type === 'AWS::CloudFormation::Stack';

export function newProgressTree(): ProgressTree {
  const stacks = new Map<string, TreeStack>();
  const of = (name: string, at: number): TreeStack => {
    const known = stacks.get(name) ?? { status: '', since: at, resources: new Map<string, TreeResource>() };
    stacks.set(name, known);
    return known;
  };
  return {
    add(event) {
      if (event.code === 'I2K822') of(event.stackName, event.at).status = event.data.status;
      if (event.code !== 'I2K821') return;
      const stack = of(event.stackName, event.at);
      if (isStackEvent(event.data, event.stackName)) stack.status = event.data.status;
      else recordEvent(stack, event.data);
    },
    lines: (now, options) => [...stacks].flatMap(([name, stack]) => stackLines(name, stack, now, options)),
  };
}

const routineReasons = /^(Resource (creation|update) Initiated|Received SUCCESS signal)/;

function recordEvent(stack: TreeStack, { logicalId: id, type, status, reason = '' }: ResourceEvent): void {
  const known = stack.resources.get(id) ?? { id, type, state: 'working', status, note: '', signals: 0 };
  stack.resources.set(id, known);
  // The first failure stays visible throughout the rollback.
  if (known.state === 'failed') return;
  if (reason.startsWith('Received SUCCESS signal')) known.signals++;
  known.status = status;
  known.state = resourceStateOf(status);
  known.note = known.state === 'done' || routineReasons.test(reason) ? '' : reason;
}

function stackLines(name: string, stack: TreeStack, now: number, options: ProgressTreeOptions): readonly string[] {
  const all = allResources(stack, options.planned ?? []);
  const done = all.filter(({ state }) => state === 'done').length;
  const head = `${name}  ${stack.status || 'waiting'}  ${done} of ${all.length} resources  ${elapsedText(now - stack.since)}`;
  const objects = new Map<string, TreeResource[]>();
  for (const each of all) {
    const origin = options.origins?.[each.id] ?? each.id;
    objects.set(origin, [...(objects.get(origin) ?? []), each]);
  }
  const blocks = [...objects].map(([origin, resources]) => objectBlock(origin, resources, options));
  const begun = blocks.filter(({ state }) => state !== 'waiting');
  const first = treeLine(resourceStateOf(stack.status || 'X_IN_PROGRESS'), 0, head, options);
  const left = blocks.length - begun.length;
  const last = left > 0 ? [treeLine('waiting', 1, `${left} of ${blocks.length} objects pending`, options)] : [];
  const room = options.rows - 1 - last.length;
  const whole = begun.flatMap(({ lines }) => lines);
  if (whole.length <= room) return [first, ...whole, ...last];
  // Finished objects make room for unfinished ones.
  const busy = begun.filter(({ state }) => state !== 'done');
  const shown = busy.flatMap(({ lines }) => lines).slice(0, Math.max(0, room - 1));
  return [
    first,
    ...shown,
    treeLine('done', 1, `${begun.length - busy.length} of ${blocks.length} objects done`, options),
    ...last,
  ];
}

/** Objects with events first, then pending ones. A nested stack's resources are not in the plan. */
function allResources(stack: TreeStack, planned: readonly string[]): readonly TreeResource[] {
  const waiting = planned.filter((id) => !stack.resources.has(id));
  return [
    ...stack.resources.values(),
    ...waiting.map((id): TreeResource => ({ id, type: '', state: 'waiting', status: '', note: '', signals: 0 })),
  ];
}

function objectBlock(
  origin: string,
  resources: readonly TreeResource[],
  options: ProgressTreeOptions,
): { readonly state: ResourceState; readonly lines: string[] } {
  const states = new Set(resources.map((each) => each.state));
  const found = (['failed', 'working', 'undone', 'waiting', 'done'] as const).find((one) => states.has(one)) ?? 'done';
  // Between two of its resources an object is neither done nor pending.
  const state = found === 'waiting' && states.has('done') ? 'working' : found;
  const done = resources.filter((each) => each.state === 'done').length;
  const words = state === 'done' ? 'done' : `${done}/${resources.length}${state === 'failed' ? '  FAILED' : ''}`;
  const open = resources.filter((each) => each.state === 'failed' || each.state === 'working');
  return {
    state,
    lines: [
      treeLine(state, 1, `${origin}  ${words}`, options),
      ...(state === 'done' ? [] : open.map((each) => treeLine(each.state, 2, resourceText(each, options), options))),
    ],
  };
}

function resourceText(
  { id, type, status, note: said, signals }: TreeResource,
  { machines }: ProgressTreeOptions,
): string {
  const wanted = machines?.[id];
  const ready =
    wanted !== undefined ? `  ${Math.min(signals, wanted)}/${wanted} ready` : signals > 0 ? `  ${signals} ready` : '';
  return `${id} (${type.replace('AWS::', '')})  ${status}${ready}${said ? `  ${said}` : ''}`;
}

function treeLine(state: ResourceState, depth: number, text: string, { columns, color }: ProgressTreeOptions): string {
  const indent = '  '.repeat(depth);
  const room = Math.max(10, columns - indent.length - 3);
  const plain = printable(text);
  const cut = plain.length > room ? `${plain.slice(0, room - 1)}…` : plain;
  return `${indent}${color ? `\u001b[${colors[state]}m${symbols[state]}\u001b[39m` : symbols[state]} ${cut}`;
}

function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
