// The ServiceAccount that a pod runs as is in the input: Kubernetes makes no pod without it.
import { serviceAccountOf } from '../../kinds/shared/pods.ts';
import { dnsSubdomain } from '../formats.ts';
import { perPod } from '../rule.ts';

export const serviceAccounts = perPod(['I2K453', 'I2K301'], (pod, say, all) => {
  const name = serviceAccountOf(pod);
  const path = [...pod.path, pod.spec.serviceAccountName ? 'serviceAccountName' : 'serviceAccount'];
  const problem = dnsSubdomain(name);
  if (problem) say(path, `the ServiceAccount's name ${JSON.stringify(name)} ${problem}`, { code: 'I2K301' });
  else if (name !== 'default' && !all.get('ServiceAccount', pod.namespace, name) && !all.refused('ServiceAccount', pod.namespace, name)) {
    say(path, `there is no ServiceAccount ${name} in the namespace ${pod.namespace}`);
  }
});
