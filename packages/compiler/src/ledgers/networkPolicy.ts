// What is done with each field of a NetworkPolicy; see its page in Kubernetes' API reference.
import { each, mapped, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';
import { workload } from './workload.ts';

const labels = (name: string): string =>
  `${name}.matchExpressions[].key ${name}.matchExpressions[].operator ${name}.matchExpressions[].values[] ${name}.matchLabels.*`;

const ports = 'ports[].endPort ports[].port ports[].protocol';
const peer = (side: string) =>
  `${side}[].ipBlock.cidr ${side}[].ipBlock.except[] ${labels(`${side}[].namespaceSelector`)} ${labels(`${side}[].podSelector`)}`;

const { status: _, ...object } = { ...workload, ...under('metadata', metadata) };

export const networkPolicy: Ledger = {
  ...object,
  ...under('spec', {
    ...each(`policyTypes[] ${labels('podSelector')}`, mapped('firewall')),
    ...under('ingress[]', each(`${ports} ${peer('from')}`, mapped('firewall'))),
    ...under('egress[]', each(`${ports} ${peer('to')}`, mapped('firewall'))),
  }),
};
