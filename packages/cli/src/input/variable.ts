// Manifests that come in I2KIT_MANIFEST, in base64, as i2kit has always taken them in CI.
import { problem } from '../problem.ts';
import { decoded } from './decode.ts';
import type { Read } from './sources.ts';

const name = 'I2KIT_MANIFEST';

export function fromVariable(value: string): Read {
  const compact = value.replace(/\s/g, '');
  // Buffer skips what is not base64 without a word.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.replace(/=/g, '').length % 4 === 1) {
    return { sources: [], problems: [problem('I2K729', 'the variable is not base64', { source: name, hint: 'base64 -w0 < web.yaml' })] };
  }
  const { source, problem: wrong } = decoded(name, Buffer.from(compact, 'base64'));
  return { sources: [source], problems: wrong ? [wrong] : [] };
}
