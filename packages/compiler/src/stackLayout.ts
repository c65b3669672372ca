// The stack layout of an app: decided once, because a resource that moves to another stack is created again.
import { configRef, type Report } from './diagnostic.ts';
import type { CompileOptions, Lock, StackLayout } from './options.ts';

/** The layout in the lock, or decisions made before layouts existed; undefined: nothing is decided. */
const deployedLayout = ({ stacks, loadBalancers, volumes }: Lock): StackLayout | undefined =>
  stacks?.layout ?? (loadBalancers || volumes ? 'app' : undefined);

const layoutNames: Readonly<Record<StackLayout, string>> = { app: 'one stack', workload: 'a stack for each workload' };

export function checkStackLayout(options: CompileOptions, report: Report): void {
  const { lock = { version: 1 }, config } = options;
  const [now, then] = [config?.stacks ?? 'app', deployedLayout(lock)];
  if (then === undefined || then === now) return;
  report({
    code: 'I2K743',
    message: `the app is deployed as ${layoutNames[then]}, but would now be ${layoutNames[now]}`,
    object: configRef(options),
    path: config?.stacks === undefined ? [] : ['stacks'],
    hint: `Set \`stacks: ${then}\`; or deploy it under another name (--app, with its own lock file), move over, and destroy the old one.`,
  });
}

/** Kept if it was chosen explicitly. */
export const lockWithLayout = (lock: Lock, { config }: CompileOptions): Lock =>
  config?.stacks === undefined ? lock : { ...lock, stacks: { layout: config.stacks } };
