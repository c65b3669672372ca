// The resources of an image build: registries, agent, folder, progress, Ctrl-C and lock file.
import { dirname, join, resolve } from 'node:path';
import {
  type AgentBinary,
  dockerCredentials,
  type RegistryClient,
  readAgentBinary,
  registryClient,
} from '@i2kit/image';
import type { Context } from '../context.ts';
import { type InterruptListener, listenForInterrupt } from '../output/interrupt.ts';
import type { ImageScope } from '../ports/image.ts';
import { type LockRecorder, lockRecorder } from './lockRecorder.ts';
import { imageProgress, type ProgressDisplay } from './progress.ts';

export interface BuildSession {
  readonly context: Context;
  readonly lockRecorder: LockRecorder;
  readonly registry: RegistryClient;
  readonly progress: ProgressDisplay;
  readonly interrupt: InterruptListener;
  /** Directory of builds. */
  readonly folder: string;
  readonly mirrors: readonly string[];
  agent(architecture: 'amd64' | 'arm64'): Promise<AgentBinary>;
}

/** Passes a build session to `work`, and cleans up afterwards. */
export async function withBuildSession<T>(
  context: Context,
  scope: ImageScope,
  work: (workshop: BuildSession) => Promise<T>,
): Promise<T> {
  const { io, values } = context;
  const interrupt = listenForInterrupt(io);
  const shown = imageProgress(context);
  try {
    return await work({
      context,
      lockRecorder: lockRecorder(io, scope.lock),
      registry: registryClient({
        credentials: dockerCredentials(io.env),
        signal: interrupt.signal,
        mirrors: values.mirror ?? [],
      }),
      progress: shown,
      interrupt,
      folder: resolve(io.cwd, values['images-dir'] ?? join(dirname(scope.lock.name), '.i2kit/images')),
      mirrors: values.mirror ?? [],
      agent: (architecture) => readAgentBinary(join(io.home, 'agent'), architecture),
    });
  } finally {
    shown.end();
    interrupt.release();
  }
}
