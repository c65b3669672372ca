// NetworkPolicy: security group rules of the pods that it selects.
import type { KindSpec } from './kind.ts';
import { children, ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import { eachField, type FieldSupportTable, fieldsUnder, mapped } from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';
import { objectFields } from './shared/fields/podTemplate.ts';

export const networkPolicy: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  formerApiVersions: ['extensions/v1beta1'],
  namespaced: true,
  becomes: 'rules of the security groups of the machines that it selects, and of their load balancers',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  ensureObject(spec, 'podSelector');
  for (const rule of [...children(spec, 'ingress'), ...children(spec, 'egress')]) {
    for (const port of children(rule, 'ports')) fillAbsent(port, { protocol: 'TCP' });
  }
  if (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0) return;
  // A policy always applies to ingress, and to egress only if it has rules for it.
  spec.policyTypes = children(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

const labels = (name: string): string =>
  `${name}.matchExpressions[].key ${name}.matchExpressions[].operator ${name}.matchExpressions[].values[] ${name}.matchLabels.*`;

const ports = 'ports[].endPort ports[].port ports[].protocol';
const peer = (side: string) =>
  `${side}[].ipBlock.cidr ${side}[].ipBlock.except[] ${labels(`${side}[].namespaceSelector`)} ${labels(`${side}[].podSelector`)}`;

function fields(): FieldSupportTable {
  const { status: _, ...object } = { ...objectFields(), ...fieldsUnder('metadata', metadataFields()) };
  return {
    ...object,
    ...fieldsUnder('spec', {
      ...eachField(`policyTypes[] ${labels('podSelector')}`, mapped('firewall')),
      ...fieldsUnder('ingress[]', eachField(`${ports} ${peer('from')}`, mapped('firewall'))),
      ...fieldsUnder('egress[]', eachField(`${ports} ${peer('to')}`, mapped('firewall'))),
    }),
  };
}
