// The resources of an image build: registries, agent, folder, progress, Ctrl-C and lock file.
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import {
  type AgentBinary,
  type BuildFolders,
  dockerCredentials,
  type RegistryClient,
  readAgentBinary,
  registryClient,
} from '@i2kit/image';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
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
  readonly folders: BuildFolders;
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
  const cache = cacheFolder(io);
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
      folders: { folder: resolve(io.cwd, values['images-dir'] ?? join(cache, 'images')), cache },
      mirrors: values.mirror ?? [],
      agent: (architecture) => readAgentBinary(join(io.home, 'agent'), architecture),
    });
  } finally {
    shown.end();
    interrupt.release();
  }
}

/**
 * The user's cache folder: outside of every work tree, so that no repository can bring a build along. As the XDG Base Directory
 * Specification, which ignores relative paths; %LOCALAPPDATA% on Windows.
 */
export function cacheFolder({ env, runtime }: Pick<Io, 'env' | 'runtime'>): string {
  const given = runtime.platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  return join(given && isAbsolute(given) ? given : join(env['HOME'] || homedir(), '.cache'), 'i2kit');
}
