// Compiles texts into templates and diagnostics: runs the four phases.
//
//   sources ─► 1-read ─► Manifests ─► 2-check ─► 3-plan ─► Plan ─► 4-emit ─► stacks
//                 │                      │          │                │
//                 └──────────────────────┴──────────┴────────────────┴─► diagnostics
import { read } from './1-read/index.ts';
import { check } from './2-check/index.ts';
import { plan } from './3-plan/index.ts';
import { emit } from './4-emit/aws/index.ts';
import { collector } from './collector.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Source } from './manifest.ts';
import type { CompileOptions, Lock } from './options.ts';
import type { Plan } from './plan.ts';
import type { Stack } from './stack.ts';
import { checkStackLayout, lockWithLayout } from './stackLayout.ts';

export type CompileResult =
  | {
      readonly ok: true;
      readonly stacks: readonly Stack[];
      readonly plan: Plan;
      /** The lock to write: the given one with the new decisions. */
      readonly lock: Lock;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Compiles the manifests of one app. Pure: the same arguments give the same bytes. Bad input never throws. */
export function compile(sources: readonly Source[], options: CompileOptions): CompileResult {
  const { report, diagnostics, hasErrors } = collector();
  const manifests = read(sources, options, report);
  check(manifests, options, report);
  if (hasErrors()) return { ok: false, diagnostics: diagnostics() };
  checkStackLayout(options, report);
  const { plan: planned, lock } = plan(manifests, options, report);
  if (hasErrors()) return { ok: false, diagnostics: diagnostics() };
  const { stacks, findings } = emit(planned, options);
  findings.forEach(report);
  if (hasErrors()) return { ok: false, diagnostics: diagnostics() };
  return { ok: true, stacks, plan: planned, lock: lockWithLayout(lock, options), diagnostics: diagnostics() };
}
