// The names of the manifests' workloads, for naming an app before anything is compiled.
import { failure, type Outcome, success } from '@i2kit/common';
import { type ReadOptions, read } from './1-read/index.ts';
import { collector } from './collector.ts';
import type { Diagnostic } from './diagnostic.ts';
import { podsOf } from './kinds/shared/pods.ts';
import type { Source } from './manifest.ts';

/** Distinct names in the order of the manifests; fails with every problem of manifests that cannot be read. */
export function workloadNames(
  sources: readonly Source[],
  options: ReadOptions,
): Outcome<readonly string[], Diagnostic> {
  const { report, diagnostics } = collector();
  const manifests = read(sources, options, report);
  const [problem, ...more] = diagnostics().filter(({ severity }) => severity === 'error');
  if (problem !== undefined) return failure(problem, ...more);
  return success([...new Set(podsOf(manifests).map(({ manifest }) => manifest.ref.name))]);
}
