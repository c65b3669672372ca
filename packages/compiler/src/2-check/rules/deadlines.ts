// Deadlines of rollouts and terminations: Kubernetes' order of deadlines, CloudFormation's hour, Auto Scaling's two
// days.
import { podsOf } from '../../kinds/shared/pods.ts';
import { type Rule, reporterFor } from '../rule.ts';

const HOUR = 3600;
const TWO_DAYS = 172800;

export const deadlines: Rule = {
  codes: ['I2K317', 'I2K422', 'I2K423'],
  check(manifests, report) {
    for (const manifest of manifests.of('Deployment')) {
      const reportAt = reporterFor(manifest, 'I2K317', report);
      const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = manifest.object.spec;
      const path = ['spec', 'progressDeadlineSeconds'];
      if (deadline <= minReadySeconds) {
        reportAt(path, `progressDeadlineSeconds ${deadline} is not more than minReadySeconds ${minReadySeconds}`);
      } else if (deadline > HOUR) {
        reportAt(path, `progressDeadlineSeconds ${deadline} is more than an hour`, { code: 'I2K422' });
      }
    }
    for (const { manifest, spec, path } of podsOf(manifests)) {
      const grace = spec.terminationGracePeriodSeconds;
      if (grace <= TWO_DAYS) continue;
      reporterFor(
        manifest,
        'I2K423',
        report,
      )([...path, 'terminationGracePeriodSeconds'], `terminationGracePeriodSeconds ${grace} is more than 48 hours`);
    }
  },
};
