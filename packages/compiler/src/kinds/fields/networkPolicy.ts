// Field support of NetworkPolicy; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';
import { objectFields } from './podTemplate.ts';

const labels = (name: string): string =>
  `${name}.matchExpressions[].key ${name}.matchExpressions[].operator ${name}.matchExpressions[].values[] ${name}.matchLabels.*`;

const ports = 'ports[].endPort ports[].port ports[].protocol';
const peer = (side: string) =>
  `${side}[].ipBlock.cidr ${side}[].ipBlock.except[] ${labels(`${side}[].namespaceSelector`)} ${labels(`${side}[].podSelector`)}`;

const { status: _, ...object } = { ...objectFields, ...fieldsUnder('metadata', metadataFields) };

export const networkPolicyFields: FieldSupportTable = {
  ...object,
  ...fieldsUnder('spec', {
    ...eachField(`policyTypes[] ${labels('podSelector')}`, mapped('firewall')),
    ...fieldsUnder('ingress[]', eachField(`${ports} ${peer('from')}`, mapped('firewall'))),
    ...fieldsUnder('egress[]', eachField(`${ports} ${peer('to')}`, mapped('firewall'))),
  }),
};
