// Phase 2: reports what Kubernetes itself would refuse, and what machines on AWS cannot do.
import type { Report } from '../diagnostic.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import { checkFieldSupport } from './fieldSupport.ts';
import { rules } from './rules/index.ts';

/**
 * Runs each rule over all objects, then checks field support. Findings are independent, so that one run reports all.
 */
export function check(manifests: Manifests, options: CompileOptions, report: Report): void {
  for (const rule of rules) rule.check(manifests, report, options);
  checkFieldSupport(manifests, report);
}
