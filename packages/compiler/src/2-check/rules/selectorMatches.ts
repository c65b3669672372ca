// A Deployment's selector matches its own pods. As ValidateDeploymentSpec of Kubernetes.
import { isEmptySelector, selects } from '../../kinds/shared/labelSelector.ts';
import { perObject } from '../rule.ts';

export const selectorMatches = perObject('Deployment', ['I2K315'], ({ spec: { selector, template } }, say, { ref }) => {
  const { labels } = template.metadata;
  if (isEmptySelector(selector) || selects(selector, labels)) return;
  const missing = Object.entries(selector.matchLabels ?? {}).find(([key, value]) => labels?.[key] !== value);
  const path = ['spec', 'selector', ...(missing ? ['matchLabels', missing[0]] : [])];
  const text = missing ? `${missing[0]}=${missing[1]}` : 'what it asks for';
  say(path, `the selector asks for ${text}, and the pod template's labels do not have it`, {
    hint: 'give the template the labels that the selector asks for',
    related: [{ message: "the template's labels", object: ref, path: ['spec', 'template', 'metadata', 'labels'] }],
  });
});
