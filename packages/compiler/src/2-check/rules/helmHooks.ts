// Hooks of a Helm chart (`helm template` prints them like any other object): they do not run when Helm would run
// them.
import { podOf } from '../../kinds/shared/pods.ts';
import { type Rule, reporterFor } from '../rule.ts';

const HOOK_ANNOTATION = 'helm.sh/hook';
/** Hooks that a Job in the stack resembles: https://helm.sh/docs/topics/charts_hooks/ */
const APPROXIMATED_HOOKS = new Set(['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade']);

export const helmHooks: Rule = {
  codes: ['I2K497', 'I2K577'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const hooks = (manifest.object.metadata.annotations?.[HOOK_ANNOTATION] ?? '')
        .split(',')
        .map((hook) => hook.trim());
      // Objects that a hook needs (an account, a ConfigMap) exist whenever it runs.
      if (hooks.join('') === '' || podOf(manifest) === undefined) continue;
      const reportAt = reporterFor(manifest, 'I2K497', report);
      const path = ['metadata', 'annotations', HOOK_ANNOTATION];
      const far = hooks.filter((hook) => !APPROXIMATED_HOOKS.has(hook));
      if (far.length > 0) {
        reportAt(path, `Helm would run this only at ${far.join(', ')}; i2kit would run it with the app`, {
          hint: far.every((hook) => hook.startsWith('test'))
            ? 'Leave tests out: `helm template --skip-tests`.'
            : 'Leave hooks out: `helm template --no-hooks`.',
        });
      } else
        reportAt(path, `Helm would run this at ${hooks.join(', ')}; here it runs beside the app, in no order`, {
          code: 'I2K577',
          hint: 'Workloads that need its result must wait for it; or leave hooks out: `helm template --no-hooks`.',
        });
    }
  },
};
