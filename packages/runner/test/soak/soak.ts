// Applies, changes and destroys an app again and again in one account of the double, each time with faults and kills,
// and compares the account with the templates after each step.
import {
  deploy,
  destroy,
  type ExecuteOptions,
  isResult,
  type Result,
  type RunEvent,
  recover,
  reviewDestroy,
} from '../../src/index.ts';
import { virtualClock } from '../double/clock.ts';
import { type FakeAccount, type FakeStack, findStack, newFakeAccount } from '../double/fakeAccount.ts';
import type { FaultRow } from '../double/faultHook.ts';
import { faults } from '../double/faults.ts';
import { input, stackName } from '../double/scenarios.ts';
import type { Part, Parts } from '../double/template.ts';
import { type DisturbedProcess, startProcess } from './disturbance.ts';

export interface SoakFigures {
  readonly cycles: number;
  /** Processes that ran, those of them that a fault struck, and those that were killed. */
  processes: number;
  struck: number;
  killed: number;
  calls: number;
  /** Volumes that were created; each stays in the account. */
  volumes: number;
  /** Changes that were refused because a volume would have been lost. */
  refusals: number;
  rollbacks: number;
}

export interface Soak {
  readonly figures: SoakFigures;
  /** Every broken invariant, with the cycle and the step. */
  readonly violations: readonly string[];
}

const group = 'AWS::AutoScaling::AutoScalingGroup';
const volume = 'AWS::EC2::Volume';
const owner = { env: 'prod', app: 'shop' };
const leaseKey = `leases/${stackName}.json`;

/** Faults that end: the process then reaches its end, or the next one does. Intruders of other tools have tests of their own. */
const passing = faults.filter(
  ({ name }) => !/^(another run|someone|other credentials|network gone for good)/.test(name),
);

export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
};

/** `policy` is that of the volumes. */
export async function soak(cycles: number, seed: number, policy: Part['policy'] & string = 'Retain'): Promise<Soak> {
  const random = seededRandom(seed);
  const it = newFakeAccount(virtualClock());
  const violations: string[] = [];
  const figures: SoakFigures = {
    cycles,
    processes: 0,
    struck: 0,
    killed: 0,
    calls: 0,
    volumes: 0,
    refusals: 0,
    rollbacks: 0,
  };
  for (let cycle = 0; cycle < cycles; cycle++) {
    const run = new Cycle(it, random, policy, figures, (text) => violations.push(`cycle ${cycle}: ${text}`));
    await run.play();
    // Deleted stacks, old facts and change sets of earlier cycles would only take memory.
    it.stacks.splice(0, it.stacks.length, ...it.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE'));
    it.changeSets.splice(0, it.changeSets.length);
    it.journal.splice(0, it.journal.length);
  }
  return { figures, violations };
}

class Cycle {
  private readonly it: FakeAccount;
  private readonly random: () => number;
  private readonly policy: Part['policy'] & string;
  private readonly figures: SoakFigures;
  private readonly say: (text: string) => void;
  /** Physical ids of volumes that a finished operation created. */
  private readonly volumes = new Set<string>();

  constructor(
    it: FakeAccount,
    random: () => number,
    policy: Part['policy'] & string,
    figures: SoakFigures,
    say: (text: string) => void,
  ) {
    this.it = it;
    this.random = random;
    this.policy = policy;
    this.figures = figures;
    this.say = say;
  }

  async play(): Promise<void> {
    let parts = this.newParts();
    await this.apply('apply', parts);
    const changes = Math.floor(this.random() * 3);
    for (let change = 0; change < changes; change++) {
      const kind = this.random();
      if (kind < 0.15) await this.applyHarmful(parts);
      else if (kind < 0.3) await this.applyFailing(parts);
      else {
        parts = this.changedParts(parts);
        await this.apply('change', parts);
      }
    }
    await this.destroy();
    this.figures.volumes += this.volumes.size;
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  private newParts(): Parts {
    const disks = 1 + Math.floor(this.random() * 2);
    const groups = 1 + Math.floor(this.random() * 3);
    const numbered = (count: number, name: string, part: Part) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, part]));
    return {
      Net: { type: 'AWS::EC2::SecurityGroup' },
      ...numbered(disks, 'Disk', { type: volume, identity: 'a', policy: this.policy }),
      ...numbered(groups, 'Web', { type: group, setting: '0' }),
    };
  }

  /** A group with another setting, one more group, or a group or a volume less. */
  private changedParts(parts: Parts): Parts {
    const groups = Object.keys(parts).filter((id) => parts[id]?.type === group);
    const disks = Object.keys(parts).filter((id) => parts[id]?.type === volume);
    const kind = this.random();
    if (kind < 0.2 && disks.length > 1) return without(parts, this.pick(disks));
    if (kind < 0.4 && groups.length > 1) return without(parts, this.pick(groups));
    if (kind < 0.6) return { ...parts, [`More${this.it.serial}`]: { type: group, setting: '0' } };
    return { ...parts, [this.pick(groups)]: { type: group, setting: String(this.it.serial), ms: 9_000 } };
  }

  /** The command, disturbed; then, as its user would, undisturbed until it succeeds. */
  private async apply(step: string, parts: Parts): Promise<void> {
    const wanted = input(parts);
    const run = (process: DisturbedProcess, options: ExecuteOptions) => deploy(process.clients, wanted, options);
    const result = await this.untilDone(step, run, (outcome) => outcome === 'succeeded' || outcome === 'unchanged');
    const stack = findStack(this.it, stackName);
    if (!result || !stack) return this.say(`${step}: there is no stack`);
    this.checkClaims(step, stack, parts);
    // CloudFormation deletes the others of a stack when it executes one.
    const open = this.it.changeSets.filter((each) => each.stackId === stack.stackId && each.execution === 'AVAILABLE');
    if (result.outcome === 'succeeded' && open.length > 0) this.say(`${step}: ${open.length} change sets are left`);
  }

  /** Another identity replaces a volume: refused, and nothing happens. */
  private async applyHarmful(parts: Parts): Promise<void> {
    const [disk = ''] = Object.keys(parts).filter((id) => parts[id]?.type === volume);
    const before = findStack(this.it, stackName)?.resources.get(disk)?.physicalId;
    const wanted = input({ ...parts, [disk]: { ...(parts[disk] as Part), identity: `b${this.it.serial}` } });
    const run = (process: DisturbedProcess, options: ExecuteOptions) => deploy(process.clients, wanted, options);
    const result = await this.untilDone('harmful change', run, (outcome) => outcome === 'refused');
    if (result?.reason !== 'data') this.say(`harmful change: ${result?.outcome} ${result?.reason}`);
    if (findStack(this.it, stackName)?.resources.get(disk)?.physicalId !== before) this.say('a volume was replaced');
    this.figures.refusals++;
  }

  /** An update that fails rolls back; one whose rollback fails, too, is recovered by skipping the resource. */
  private async applyFailing(parts: Parts): Promise<void> {
    const [id = ''] = Object.keys(parts).filter((each) => parts[each]?.type === group);
    const stuck = this.random() < 0.5;
    const fails = stuck ? (['update', 'rollback'] as const) : (['update'] as const);
    const wanted = input({ ...parts, [id]: { type: group, setting: `bad${this.it.serial}`, fails } });
    const run = (process: DisturbedProcess, options: ExecuteOptions) => deploy(process.clients, wanted, options);
    await this.untilDone('failing change', run, (outcome) => outcome === 'failed' || outcome === 'refused');
    this.figures.rollbacks++;
    if (findStack(this.it, stackName)?.status === 'UPDATE_ROLLBACK_FAILED') {
      const skipping = (process: DisturbedProcess, options: ExecuteOptions) =>
        recover(process.clients, { stackName, owner, skip: [id] }, options);
      await this.untilDone('recover', skipping, (outcome) => outcome === 'succeeded' || outcome === 'unchanged');
    }
    await this.apply('the former input again', parts);
  }

  private async destroy(): Promise<void> {
    const run = async function* (process: DisturbedProcess, options: ExecuteOptions): AsyncGenerator<RunEvent> {
      const doomed = { stackName, owner, expect: { account: '123456789012' } };
      yield* destroy(process.clients, await reviewDestroy(process.clients, doomed, options), options);
    };
    await this.untilDone('destroy', run, (outcome) => outcome === 'succeeded' || outcome === 'unchanged');
    const left = this.it.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE');
    if (left.length > 0) this.say(`destroy: ${left.map(({ name, status }) => `${name} is ${status}`).join(', ')}`);
    this.checkAccount('destroy');
  }

  private async untilDone(
    step: string,
    run: (process: DisturbedProcess, options: ExecuteOptions) => AsyncIterable<RunEvent>,
    isDone: (outcome: Result['outcome']) => boolean,
  ): Promise<Result | undefined> {
    let row: FaultRow | undefined = this.random() < 0.7 ? this.pick(passing) : undefined;
    let disturbed = false;
    for (let attempt = 0; attempt < 4; attempt++) {
      const at = Math.floor(this.random() * 18);
      const process = startProcess(this.it, `${step} ${attempt}`, this.random, row && { row, at });
      const result = await this.consume(step, process, run, row);
      disturbed ||= process.struck();
      // After a kill the next process follows at once, or when the operation is over.
      await this.it.clock.sleep(this.random() < 0.5 ? 0 : 600_000);
      if (result && isDone(result.outcome)) {
        // A killed process leaves its lease, which ends by itself.
        if (!disturbed && this.isLeased()) this.say(`${step}: the lease was not freed`);
        await this.it.clock.sleep(600_000);
        return result;
      }
      if (!row && attempt === 3) this.say(`${step}: ${result?.outcome ?? 'no result'}: ${result?.message ?? ''}`);
      row = undefined;
    }
    return undefined;
  }

  private async consume(
    step: string,
    process: DisturbedProcess,
    run: (process: DisturbedProcess, options: ExecuteOptions) => AsyncIterable<RunEvent>,
    row: FaultRow | undefined,
  ): Promise<Result | undefined> {
    const options: ExecuteOptions = {
      signal: process.signal,
      timeoutMs: 1_200_000,
      lease: { ms: 60_000, holder: step },
      ...(row?.cancels && { cancelOnInterrupt: true }),
    };
    let result: Result | undefined;
    const consumed = (async () => {
      for await (const event of run(process, options)) if (isResult(event)) result = event.data;
      return 'ended' as const;
    })();
    const how = await Promise.race([consumed, process.killed.then(() => 'killed' as const)]);
    this.figures.processes++;
    this.figures.calls += process.calls();
    if (process.struck()) this.figures.struck++;
    if (how === 'killed') this.figures.killed++;
    return how === 'killed' ? undefined : result;
  }

  /** Nothing that the template does not claim, and everything that it claims. */
  private checkClaims(step: string, stack: FakeStack, parts: Parts): void {
    const there = [...stack.resources.keys()].sort().join(' ');
    const claimed = Object.keys(parts).sort().join(' ');
    if (there !== claimed) this.say(`${step}: the stack has ${there}, its template claims ${claimed}`);
    for (const { logicalId, physicalId, type, status } of stack.resources.values()) {
      if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) this.say(`${step}: ${logicalId} is ${status}`);
      if (type === volume) this.volumes.add(physicalId);
    }
    this.checkAccount(step);
  }

  private isLeased(): boolean {
    const lease = this.it.bucket.get(leaseKey);
    return lease !== undefined && (JSON.parse(lease) as { until: number }).until > this.it.clock.now();
  }

  private checkAccount(step: string): void {
    for (const fact of this.it.journal)
      if (fact.kind === 'destroyed' && fact.type === volume && fact.why !== 'rollback')
        this.say(`${step}: the volume ${fact.logicalId} was destroyed (${fact.why})`);
    if (this.isLeased()) this.say(`${step}: the lease is held`);
  }
}

function without(parts: Parts, gone: string): Parts {
  const { [gone]: _, ...rest } = parts;
  return rest;
}
