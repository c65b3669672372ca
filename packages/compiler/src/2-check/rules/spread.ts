// A spread over zones that is demanded strictly: machines are spread evenly, but not held back.
// And as validateTopologySpreadConstraints of Kubernetes.
import { perPod } from '../rule.ts';

export const spread = perPod(['I2K507', 'I2K325'], ({ spec, path }, say) => {
  for (const [index, { topologyKey, whenUnsatisfiable, minDomains }] of (spec.topologySpreadConstraints ?? []).entries()) {
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      say([...path, 'topologySpreadConstraints', index, 'minDomains'], 'minDomains goes with DoNotSchedule only', { code: 'I2K325' });
    }
    if (whenUnsatisfiable !== 'DoNotSchedule' || !topologyKey.endsWith('/zone')) continue;
    say(
      [...path, 'topologySpreadConstraints', index, 'whenUnsatisfiable'],
      'machines are spread evenly over the zones, but where a zone has no capacity another zone takes its share',
    );
  }
});
