// Finds the agent's binaries, which ship with i2kit, one per architecture.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '@i2kit/common';
import type { Architecture } from './architecture.ts';
import { ImageError } from './errors.ts';

export interface AgentBinary {
  readonly path: string;
  /** `sha256:…` of its bytes; recorded in the lock, and part of every image key. */
  readonly digest: string;
}

/** `folder` holds `linux-<architecture>/i2kit-agent`. Throws `tool-missing` if this i2kit was built without it. */
export async function readAgentBinary(folder: string, architecture: Architecture): Promise<AgentBinary> {
  const path = join(folder, `linux-${architecture}`, 'i2kit-agent');
  try {
    return {
      path,
      digest: `sha256:${createHash('sha256')
        .update(await readFile(path))
        .digest('hex')}`,
    };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new ImageError('tool-missing', `This i2kit was packaged without the agent for ${architecture} (${path}).`, {
      hint: 'Install i2kit from its package, or build it where Go is on PATH.',
    });
  }
}
