// Runs one machine of a group on this computer with the data of its launch template; makes no AWS calls.

import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { listText } from '@i2kit/common';
import {
  fakeAwsEndpoint,
  ImageError,
  localMachineOf,
  type MachineEvent,
  requiredImages,
  runMachine,
} from '@i2kit/image';
import { printable } from '@i2kit/runner';
import type { Context } from '../../../context.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import { buildWithProgress } from '../../../image/buildImage.ts';
import { type BuildSession, withBuildSession } from '../../../image/buildSession.ts';
import { lockImageContents } from '../../../image/lockImages.ts';
import type { ImageRunInput } from '../../../ports/image.ts';

const MiB = 2 ** 20;
/** Memory in MiB beyond the pod's; the root file system is read through the page cache. */
const overheadMiB = 384;

export async function runImageRun(context: Context, input: ImageRunInput): Promise<ExitCode> {
  return withBuildSession(context, input, (workshop) => runSelectedMachine(context, input, workshop));
}

async function runSelectedMachine(context: Context, input: ImageRunInput, workshop: BuildSession): Promise<ExitCode> {
  const { io, values } = context;
  const { stack, config, base, lock } = input;
  const [group] = input.groups;
  if (group === undefined) throw new ImageError('input-invalid', 'The manifests have no machines to run.');
  const region = config.region ?? 'us-east-1';
  const disk = values.disk === undefined ? await buildDisk(input, workshop) : resolve(io.cwd, values.disk);
  const endpoint = fakeAwsEndpoint;
  const machine = localMachineOf({
    template: stack.template,
    group: group.key,
    stackName: stack.name,
    region,
    assets: stack.assets,
    endpoint,
  });
  const lacking = group.secrets.filter(
    ({ optional, namespace, name }) => !optional && !hasSecret(input, namespace, name),
  );
  if (lacking.length > 0)
    throw new ImageError(
      'input-invalid',
      `The secrets ${listText(lacking.map(({ namespace, name }) => `${namespace}/${name}`))} have no values.`,
      {
        hint: 'Pass a manifest of Secrets with --secret-file or -f.',
      },
    );
  const ports = await choosePorts(
    values.publish ?? [],
    group.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port),
  );
  for (const { host, guest } of ports)
    io.stderr.write(`http://127.0.0.1:${host} leads to port ${guest} of the machine\n`);
  io.stderr.write('Ctrl-C presses the power button; pressing it again pulls the plug.\n');
  const [button, plug] = [new AbortController(), new AbortController()];
  // From here on Ctrl-C goes to the machine: ending this process would leave it running.
  workshop.interrupt.release();
  const off = io.onInterrupt?.(() => (button.signal.aborted ? plug : button).abort());
  const seen = { failed: false };
  try {
    await runMachine({
      ...machine,
      architecture: group.machine.architecture,
      boot: base.boot,
      disk,
      region,
      volumes: resolve(io.cwd, dirname(lock.name), '.i2kit/volumes', stack.name),
      secrets: input.secrets,
      ports,
      memory:
        values.memory === undefined
          ? Math.ceil(group.machine.requests.memory / MiB) + overheadMiB
          : Number(values.memory),
      cpus: Math.max(1, Math.ceil(group.machine.requests.cpu / 1000)),
      accelerator: (values.accel as 'auto' | undefined) ?? 'auto',
      internet: values.internet ?? false,
      env: io.env,
      stop: button.signal,
      kill: plug.signal,
      onEvent: (event) => showMachineEvent(context, event, seen),
    });
  } finally {
    off?.();
  }
  if (button.signal.aborted) return exit.interrupted;
  return seen.failed ? exit.failed : exit.fine;
}

async function buildDisk(input: ImageRunInput, workshop: BuildSession): Promise<string> {
  await lockImageContents(input, workshop, workshop.context.values.update ?? false);
  const [image] = requiredImages(input.groups, workshop.lockRecorder.lock(), input.base);
  if (image === undefined) throw new Error('a group without an image');
  return (await buildWithProgress(image, input, workshop)).path;
}

const hasSecret = ({ secrets, env }: ImageRunInput, namespace: string, name: string): boolean =>
  Object.hasOwn(secrets, `i2kit/${env}/${namespace}/${name}`);

/** Firmware clears the screen; the machine's output must not move this terminal's cursor. */
const controlSequences = /\u001b(?:\[[0-9;=?]*[A-Za-z]|.)|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** The console and the containers' output are the requested output; the machine's signals to its stack are messages. */
function showMachineEvent({ io }: Context, event: MachineEvent, seen: { failed: boolean }): void {
  if (event.kind === 'console') io.stdout.write(event.text.replace(controlSequences, ''));
  // The console already shows the agent's own lines.
  else if (event.kind === 'log' && event.stream.endsWith('/@agent')) return;
  else if (event.kind === 'log')
    io.stdout.write(`${printable(event.stream.split('/').at(-1) ?? '')} | ${printable(event.message)}\n`);
  else {
    seen.failed ||= event.kind === 'signal' && event.status === 'FAILURE';
    io.stderr.write(`${machineEventText(event)}\n`);
  }
}

function machineEventText(event: Exclude<MachineEvent, { kind: 'console' | 'log' }>): string {
  if (event.kind === 'given-up') return '✗ The machine failed: in AWS its group would replace it now.';
  if (event.kind === 'unanswered')
    return `warning: The machine called ${printable(event.action)}, which is not simulated here.`;
  return event.status === 'SUCCESS'
    ? '✓ The pod is ready.'
    : '✗ The machine gave up: in AWS the stack would roll back now.';
}

interface PublishedPort {
  readonly host: number;
  readonly guest: number;
}

/** `-p 8080:80`, `-p 80`; without any, each declared port, on the same number if it is free and unprivileged. */
async function choosePorts(given: readonly string[], declared: readonly number[]): Promise<readonly PublishedPort[]> {
  const wanted =
    given.length === 0
      ? declared.map((guest) => ({ guest, host: guest < 1024 ? 8000 + guest : guest }))
      : given.map(parsePortPair);
  const found: PublishedPort[] = [];
  for (const { guest, host } of wanted) {
    const free = await probePort(host);
    if (free === undefined && given.length > 0)
      throw new ImageError('input-invalid', `Port ${host} of this computer is taken.`, {
        hint: `Choose another: -p PORT:${guest}.`,
      });
    found.push({ guest, host: free ?? (await probePort(0)) ?? 0 });
  }
  return found;
}

function parsePortPair(text: string): PublishedPort {
  const [, first = '', second = first] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  return { host: Number(first), guest: Number(second) };
}

/** The port, or a free one for 0; undefined if it is taken. */
function probePort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => done(free));
    });
  });
}
