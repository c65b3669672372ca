// How an app is cut into stacks: chosen once, because nothing moves from one stack to another without being made anew.
import { configRef, type Report } from './diagnostic.ts';
import type { CompileOptions, Layout, Lock } from './options.ts';

/** What the lock says, or decisions that were made before anybody could choose; absent: nothing is decided. */
const decided = ({ stacks, loadBalancers, volumes }: Lock): Layout | undefined =>
  stacks?.layout ?? (loadBalancers || volumes ? 'app' : undefined);

const called: Readonly<Record<Layout, string>> = { app: 'one stack', workload: 'a stack for each workload' };

export function checkLayout(options: CompileOptions, report: Report): void {
  const { lock = { version: 1 }, config } = options;
  const [now, then] = [config?.stacks ?? 'app', decided(lock)];
  if (then === undefined || then === now) return;
  report({
    code: 'I2K743',
    message: `the app is deployed as ${called[then]}, and would now be ${called[now]}`,
    object: configRef(options),
    path: config?.stacks === undefined ? [] : ['stacks'],
    hint: `say \`stacks: ${then}\`; or deploy it under another name (--app, with a lock of its own), move over, and destroy the old one`,
  });
}

/** Kept where it was chosen by name. */
export const withLayout = (lock: Lock, { config }: CompileOptions): Lock =>
  config?.stacks === undefined ? lock : { ...lock, stacks: { layout: config.stacks } };
