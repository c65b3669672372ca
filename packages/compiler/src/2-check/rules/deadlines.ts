// How long a rollout and an end may take: Kubernetes' order of deadlines, CloudFormation's hour, Auto Scaling's two days.
import { perObject } from '../rule.ts';

const HOUR = 3600;
const TWO_DAYS = 172800;

export const deadlines = perObject('Deployment', ['I2K317', 'I2K422', 'I2K423'], ({ spec }, say) => {
  const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = spec;
  const path = ['spec', 'progressDeadlineSeconds'];
  if (deadline <= minReadySeconds) {
    say(path, `progressDeadlineSeconds ${deadline} is not more than minReadySeconds ${minReadySeconds}`);
  } else if (deadline > HOUR) {
    say(path, `progressDeadlineSeconds ${deadline} is more than an hour`, { code: 'I2K422' });
  }
  const grace = spec.template.spec.terminationGracePeriodSeconds;
  if (grace > TWO_DAYS) {
    say(['spec', 'template', 'spec', 'terminationGracePeriodSeconds'], `terminationGracePeriodSeconds ${grace} is more than 48 hours`, {
      code: 'I2K423',
    });
  }
});
