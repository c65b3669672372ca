// Hooks of a Helm chart (`helm template` prints them like anything else): nothing here runs them when Helm would.
import { podOf } from '../../kinds/shared/pods.ts';
import { type Rule, reporterFor } from '../rule.ts';

const HOOK_ANNOTATION = 'helm.sh/hook';
/** Those of which a Job in the stack is at least near: https://helm.sh/docs/topics/charts_hooks/ */
const APPROXIMATED_HOOKS = new Set(['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade']);

export const helmHooks: Rule = {
  codes: ['I2K497', 'I2K577'],
  check(all, report) {
    for (const manifest of all.objects) {
      const hooks = (manifest.object.metadata.annotations?.[HOOK_ANNOTATION] ?? '')
        .split(',')
        .map((hook) => hook.trim());
      // What a hook merely needs (an account, a ConfigMap) is there whenever it runs.
      if (hooks.join('') === '' || podOf(manifest) === undefined) continue;
      const say = reporterFor(manifest, 'I2K497', report);
      const path = ['metadata', 'annotations', HOOK_ANNOTATION];
      const far = hooks.filter((hook) => !APPROXIMATED_HOOKS.has(hook));
      if (far.length > 0) {
        say(path, `Helm would run this at ${far.join(', ')} alone, and i2kit would with the app`, {
          hint: far.every((hook) => hook.startsWith('test'))
            ? 'leave tests out: helm template --skip-tests'
            : 'leave hooks out: helm template --no-hooks',
        });
      } else
        say(path, `Helm would run this at ${hooks.join(', ')}, and here it runs beside the app, in no order`, {
          code: 'I2K577',
          hint: 'what waits for it has to wait by itself; or leave hooks out: helm template --no-hooks',
        });
    }
  },
};
