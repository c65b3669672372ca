// Asks the IAM simulator and AWS's table of actions, which run in a process of their own (test/validators/iam).
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ensureIamSimulator } from '../../scripts/testTools.mjs';

export interface PolicyDocument {
  readonly Statement: readonly object[];
}

/** A call as AWS authorizes it: one action on one resource, with the keys that a condition can read. */
export interface AuthorizationRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface DescribedAction {
  readonly action: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean; readonly arn: string }[];
}

export interface Verdict {
  readonly allowed: boolean;
  readonly fault?: string;
}

interface Judged {
  readonly faults: Readonly<Record<string, readonly string[]>>;
  readonly verdicts: readonly Verdict[];
  readonly described: Readonly<Record<string, readonly DescribedAction[]>>;
}

interface JudgeInput {
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
  readonly check?: readonly string[];
  readonly requests?: readonly object[];
  readonly describe?: readonly string[];
}

const program = new URL('../validators/iam/judge.mjs', import.meta.url).pathname;

/** One process answers all questions of a test file: it takes longer to start than to answer. It ends with its stdin. */
async function startJudge(): Promise<(input: JudgeInput) => Promise<Judged>> {
  const child = spawn(process.execPath, [program, await ensureIamSimulator()], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as Socket).unref();
  const waiting: { readonly resolve: (judged: Judged) => void; readonly reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  child.on('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the IAM simulator ended with ${code}`));
  });
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(input)}\n`);
    });
}

let judge: ReturnType<typeof startJudge> | undefined;

async function ask(input: JudgeInput): Promise<Judged> {
  judge ??= startJudge();
  return (await judge)(input);
}

/** Contradictions between a policy and AWS's table: unknown actions and keys, resources that an action does not know. */
export async function faultsOfPolicy(policy: PolicyDocument): Promise<readonly string[]> {
  return (await ask({ policies: { policy }, check: ['policy'] })).faults['policy'] ?? [];
}

const known = new Map<string, readonly DescribedAction[]>();

/** What AWS's table says of actions and patterns of actions. */
export async function describeActions(actions: readonly string[]): Promise<readonly DescribedAction[]> {
  const asked = [...new Set(actions)];
  const unknown = asked.filter((action) => !known.has(action));
  if (unknown.length > 0)
    for (const [action, found] of Object.entries((await ask({ describe: unknown })).described))
      known.set(action, found);
  return asked.flatMap((action) => known.get(action) ?? []);
}

export const account = '123456789012';
const deployer = `arn:aws:iam::${account}:role/deployer`;

/** The requests that the policy refuses, or whose context AWS does not know, each once and as a line of text. */
export async function deniedRequests(
  policy: PolicyDocument,
  requests: readonly AuthorizationRequest[],
  principal = deployer,
): Promise<readonly string[]> {
  const asked = requests.map((request) => ({ ...request, policies: ['policy'], principal, account }));
  const { verdicts } = await ask({ policies: { policy }, requests: asked });
  const lines = requests.map(({ action, resource }, index) => {
    const { allowed = false, fault } = verdicts[index] ?? {};
    return allowed && fault === undefined ? [] : [`${action} on ${resource}${fault === undefined ? '' : `: ${fault}`}`];
  });
  return [...new Set(lines.flat())];
}
