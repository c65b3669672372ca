// Manifests -> diagnostics: what Kubernetes itself would refuse, and what machines on AWS cannot do.
import type { Report } from '../diagnostic.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import { checkFieldSupport } from './fieldSupport.ts';
import { rules } from './rules/index.ts';

/** Each rule over all objects, then the ledger; findings are independent of one another, so that one run tells all. */
export function check(all: Manifests, options: CompileOptions, report: Report): void {
  for (const rule of rules) rule.check(all, report, options);
  checkFieldSupport(all, report);
}
