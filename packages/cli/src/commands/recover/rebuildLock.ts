// `i2kit recover --rebuild-lock`: writes the lock file's decisions about an app again, from its deployed stacks.
import { countText, failure, type Outcome, success } from '@i2kit/common';
import type { Diagnostic, Lock } from '@i2kit/compiler';
import { printable, readDeployedTemplate } from '@i2kit/runner';
import { fetchAppStacks } from '../../aws/appStacks.ts';
import { connect } from '../../aws/connection.ts';
import { deployedDecisions } from '../../aws/deployedDecisions.ts';
import { findOrphanVolumes } from '../../aws/orphanVolumes.ts';
import { type LockFile, lockOutput } from '../../config/lockFile.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import { writeFiles } from '../../output/writeFiles.ts';
import type { SelectedStack } from '../../ports/aws.ts';

/** Decisions about other apps, digests of images and versions of secrets stay as they are. */
export async function runRebuildLock(
  context: Context,
  { stackName, region, env, owner }: SelectedStack,
  file: LockFile,
): Promise<ExitCode> {
  const { io } = context;
  const app = owner?.app;
  if (app === undefined) {
    io.stderr.write(
      'error: --rebuild-lock needs the app: name it by its manifests (-f) or by --app, not by its stack.\n',
    );
    return exit.input;
  }
  const connection = await connect(context, region);
  try {
    const templates: Record<string, string> = {};
    for (const name of await fetchAppStacks(connection.options, env, app)) {
      const deployed = await readDeployedTemplate(connection.clients, name);
      if (!deployed.ok)
        return reportError(context, `The template of ${name} cannot be read; the lock file stays as it is.`);
      templates[name] = deployed.value.template;
    }
    const found = deployedDecisions(stackName, templates);
    const unwritten = writeLock(context, file, rebuiltLock(file.lock, stackName, found));
    if (!unwritten.ok) return await reportUnwritten(context, unwritten.problems);
    const volumes = Object.keys(found.volumes?.[stackName] ?? {}).length;
    const slots = Object.keys(found.loadBalancers ?? {}).length;
    const stacks = Object.keys(templates);
    const source = stacks.length === 0 ? `${stackName}, which does not exist` : stacks.join(', ');
    io.stderr.write(
      printable(
        `Wrote ${file.name} from ${source}: ${countText(volumes, 'volume')}, ${countText(slots, 'Service')} on shared load balancers.`,
      ).concat('\n'),
    );
    for (const { id, sizeGiB, object } of await findOrphanVolumes(connection, env, app))
      io.stderr.write(
        printable(
          `${id} (${sizeGiB} GiB, of ${object}) is in no stack. To use its data, create a snapshot of it and set the annotation i2kit.dev/snapshot-id of the claim.`,
        ).concat('\n'),
      );
    return exit.fine;
  } finally {
    connection.close();
  }
}

function rebuiltLock(
  lock: Lock = { version: 1 },
  stackName: string,
  { stacks, loadBalancers, volumes }: ReturnType<typeof deployedDecisions>,
): Lock {
  const { stacks: _, loadBalancers: __, volumes: before = {}, ...rest } = lock;
  const { [stackName]: ___, ...others } = before;
  return {
    ...rest,
    ...(stacks && { stacks }),
    ...(loadBalancers && { loadBalancers }),
    volumes: { ...others, ...volumes },
  };
}

function writeLock({ io }: Context, file: LockFile, next: Lock): Outcome<true, Diagnostic> {
  const [first, ...more] = writeFiles(io, lockOutput(file, next));
  return first === undefined ? success(true) : failure(first, ...more);
}

async function reportUnwritten(context: Context, problems: readonly Diagnostic[]): Promise<ExitCode> {
  reportDiagnostics(context, await context.compiler(), problems, []);
  return exit.input;
}

function reportError({ io }: Context, sentence: string): ExitCode {
  io.stderr.write(`error: ${printable(sentence)}\n`);
  return exit.failed;
}
