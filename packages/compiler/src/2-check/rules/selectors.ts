// A Deployment's selector says something, and can be read. As ValidateDeploymentSpec of Kubernetes.
import { isEmptySelector } from '../../kinds/shared/labelSelector.ts';
import { perObject } from '../rule.ts';
import { problemsOf } from '../selector.ts';

export const selectors = perObject('Deployment', ['I2K314'], ({ spec: { selector } }, say) => {
  const path = ['spec', 'selector'];
  if (isEmptySelector(selector)) say(path, 'the selector is empty, and so would select every pod of the namespace');
  for (const { path: where, message } of problemsOf(selector)) say([...path, ...where], message);
});
