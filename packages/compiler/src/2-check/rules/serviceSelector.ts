// What a Service leads to: it has a selector, and the selector some workload of the input.

import { served } from '../../annotations/entry.ts';
import { hasSelector, isExternalName, isHeadless, selectedBy } from '../../kinds/shared/services.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { perObject } from '../rule.ts';

export const serviceSelector = perObject('Service', ['I2K530', 'I2K437', 'I2K436', 'I2K314'], (service, say, manifest, all) => {
  const path = ['spec', 'selector'];
  for (const [key, value] of Object.entries(service.spec.selector ?? {})) {
    const problem = qualifiedName(key) ?? labelValue(value);
    if (problem) say([...path, key], `the label ${JSON.stringify(key)}: ${JSON.stringify(value)} ${problem}`, { code: 'I2K314' });
  }
  if (isExternalName(service)) return;
  if (!hasSelector(service)) {
    say(path, 'the Service has no selector, so nothing says which machines it leads to', { code: 'I2K437' });
    return;
  }
  const pods = selectedBy(manifest, all);
  const labels = Object.entries(service.spec.selector ?? {}).map((pair) => pair.join('='));
  // A workload that could not be read may be the one.
  if (pods.length === 0 && !served.some((kind) => all.refused(kind, manifest.ref.namespace)))
    say(path, `no workload of the namespace ${manifest.ref.namespace} has the labels ${labels.join(', ')}`);
  const [deployment] = pods.filter((pod) => pod.manifest.kind === 'Deployment');
  if (isHeadless(service) && deployment) {
    say(['spec', 'clusterIP'], `the Service is headless, and ${deployment.key} has no names of its own for its pods`, { code: 'I2K436' });
  }
});
