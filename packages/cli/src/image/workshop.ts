// What every making of images needs: registries, the agent, a folder, progress, Ctrl-C and the lock.
import { dirname, join, resolve } from 'node:path';
import { type AgentFile, agentIn, dockerCredentials, type Registry, registry } from '@i2kit/image';
import { type Interruptible, interruptible } from '../aws/interrupt.ts';
import type { Context } from '../context.ts';
import type { ImageScope } from '../image-ports.ts';
import { type Progress, progress } from './progress.ts';
import { type Recorder, recorder } from './recorder.ts';

export interface Workshop {
  readonly context: Context;
  readonly record: Recorder;
  readonly registry: Registry;
  readonly shown: Progress;
  readonly interrupt: Interruptible;
  /** Where builds are kept. */
  readonly folder: string;
  readonly mirrors: readonly string[];
  agent(architecture: 'amd64' | 'arm64'): Promise<AgentFile>;
}

/** Gives `work` a workshop, and tidies it up after it. */
export async function inWorkshop<T>(context: Context, scope: ImageScope, work: (workshop: Workshop) => Promise<T>): Promise<T> {
  const { io, values } = context;
  const interrupt = interruptible(io);
  const shown = progress(context);
  try {
    return await work({
      context,
      record: recorder(io, scope.lock),
      registry: registry({ credentials: dockerCredentials(io.env), signal: interrupt.signal, mirrors: values.mirror ?? [] }),
      shown,
      interrupt,
      folder: resolve(io.cwd, values['images-dir'] ?? join(dirname(scope.lock.name), '.i2kit/images')),
      mirrors: values.mirror ?? [],
      agent: (architecture) => agentIn(join(io.home, 'agent'), architecture),
    });
  } finally {
    shown.end();
    interrupt.release();
  }
}
