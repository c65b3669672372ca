// How an app is cut into stacks: chosen once, because nothing moves from one stack to another without being made anew.
import { configRef, type Report } from './diagnostic.ts';
import type { CompileOptions, Lock, StackLayout } from './options.ts';

/** What the lock says, or decisions that were made before anybody could choose; absent: nothing is decided. */
const deployedLayout = ({ stacks, loadBalancers, volumes }: Lock): StackLayout | undefined =>
  stacks?.layout ?? (loadBalancers || volumes ? 'app' : undefined);

const layoutNames: Readonly<Record<StackLayout, string>> = { app: 'one stack', workload: 'a stack for each workload' };

export function checkStackLayout(options: CompileOptions, report: Report): void {
  const { lock = { version: 1 }, config } = options;
  const [now, then] = [config?.stacks ?? 'app', deployedLayout(lock)];
  if (then === undefined || then === now) return;
  report({
    code: 'I2K743',
    message: `the app is deployed as ${layoutNames[then]}, and would now be ${layoutNames[now]}`,
    object: configRef(options),
    path: config?.stacks === undefined ? [] : ['stacks'],
    hint: `say \`stacks: ${then}\`; or deploy it under another name (--app, with a lock of its own), move over, and destroy the old one`,
  });
}

/** Kept where it was chosen by name. */
export const lockWithLayout = (lock: Lock, { config }: CompileOptions): Lock =>
  config?.stacks === undefined ? lock : { ...lock, stacks: { layout: config.stacks } };
