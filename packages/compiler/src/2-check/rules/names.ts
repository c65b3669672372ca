// Names of objects and of their namespaces. As ValidateObjectMeta of apimachinery, with each kind's own form.
import type { Kind } from '../../kinds/kind.ts';
import { dnsLabel, dnsSubdomain, serviceName } from '../formats.ts';
import { type Rule, sayOf } from '../rule.ts';

/** A Job of it gets eleven characters more. */
const cronJobName = (name: string) => dnsSubdomain(name) ?? (name.length > 52 ? 'is longer than 52 characters' : undefined);

/** Its pods have it as the value of a label. */
const jobName = (name: string) => dnsSubdomain(name) ?? (name.length > 63 ? 'is longer than 63 characters' : undefined);

const formats: { readonly [K in Kind]: (name: string) => string | undefined } = {
  ConfigMap: dnsSubdomain,
  Deployment: dnsSubdomain,
  Namespace: dnsLabel,
  PersistentVolumeClaim: dnsSubdomain,
  CronJob: cronJobName,
  Job: jobName,
  Pod: dnsSubdomain,
  ReplicaSet: dnsSubdomain,
  ReplicationController: dnsSubdomain,
  Ingress: dnsSubdomain,
  IngressClass: dnsSubdomain,
  HorizontalPodAutoscaler: dnsSubdomain,
  PodDisruptionBudget: dnsSubdomain,
  NetworkPolicy: dnsSubdomain,
  Secret: dnsSubdomain,
  Service: serviceName,
  ServiceAccount: dnsSubdomain,
  StatefulSet: dnsLabel,
  StorageClass: dnsSubdomain,
};

export const names: Rule = {
  codes: ['I2K301'],
  check(all, report) {
    for (const manifest of all.all) {
      const say = sayOf(manifest, 'I2K301', report);
      const { name, namespace, generateName } = manifest.object.metadata;
      if (!name) {
        const hint = generateName ? 'generateName would give it another name in every deployment' : 'add metadata.name';
        say(['metadata', 'name'], 'the object has no name', { hint });
      } else {
        const problem = formats[manifest.kind](name);
        if (problem) say(['metadata', 'name'], `the name ${JSON.stringify(name)} ${problem}`);
      }
      const problem = namespace && dnsLabel(namespace);
      if (problem) say(['metadata', 'namespace'], `the namespace ${JSON.stringify(namespace)} ${problem}`);
    }
  },
};
