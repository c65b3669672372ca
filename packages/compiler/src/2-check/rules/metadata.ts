// The rest of metadata, which a cluster writes or reads: without meaning here, but Kubernetes would refuse a wrong one.
// As ValidateObjectMeta, ValidateFinalizerName and validateOwnerReference of apimachinery.
import type { Kind } from '../../kinds/kind.ts';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../formats.ts';
import { type Rule, sayOf } from '../rule.ts';

const STANDARD = ['kubernetes', 'orphan', 'foregroundDeletion'];
const LABELS: readonly Kind[] = ['StatefulSet', 'Namespace', 'Service'];

export const metadata: Rule = {
  codes: ['I2K334'],
  check(all, report) {
    for (const manifest of all.all) {
      const say = sayOf(manifest, 'I2K334', report);
      const { finalizers = [], generateName, generation = 0, ownerReferences = [] } = manifest.object.metadata;
      // A prefix may end with a hyphen, which the suffix then follows.
      const prefix = generateName?.replace(/-$/, '');
      const problem = prefix && (LABELS.includes(manifest.kind) ? dnsLabel : dnsSubdomain)(prefix);
      if (problem) say(['metadata', 'generateName'], `the prefix ${JSON.stringify(generateName)} ${problem}`);
      if (generation < 0) say(['metadata', 'generation'], 'the generation is negative');
      for (const [index, name] of finalizers.entries()) {
        const wrong = finalizerProblem(name);
        if (wrong) say(['metadata', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${wrong}`);
      }
      for (const [index, owner] of ownerReferences.entries()) {
        for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
          if (!owner[field]) say(['metadata', 'ownerReferences', index, field], `the owner has no ${field}`);
        }
      }
    }
    for (const manifest of all.of('Namespace')) {
      for (const [index, name] of (manifest.object.spec?.finalizers ?? []).entries()) {
        const wrong = finalizerProblem(name);
        if (wrong) sayOf(manifest, 'I2K334', report)(['spec', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${wrong}`);
      }
    }
  },
};

function finalizerProblem(name: string): string | undefined {
  return qualifiedName(name) ?? (name.includes('/') || STANDARD.includes(name) ? undefined : 'has no prefix like example.com/');
}
