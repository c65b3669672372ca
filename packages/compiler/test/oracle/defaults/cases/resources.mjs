// Pods that say what they may use as a whole.
import { pod, requests } from './make.mjs';

export const resources = [
  pod({
    resources: { limits: { cpu: '2' } },
    containers: [requests({ cpu: '500m' }), requests({ cpu: '250m', memory: '1Gi' })],
  }),
  pod({ resources: { limits: { cpu: '2', memory: '1Gi' } } }),
  pod({ resources: { requests: { cpu: '1' } }, containers: [requests({ cpu: '500m' })] }),
  pod({ resources: {}, containers: [requests({ cpu: '500m' })] }),
  pod({
    resources: { limits: { cpu: '4' } },
    containers: [requests({ cpu: '1' })],
    initContainers: [requests({ cpu: '3' })],
  }),
  pod({
    resources: { limits: { cpu: '4' } },
    containers: [requests({ cpu: '1', memory: '1Mi' })],
    initContainers: [
      requests({ cpu: '1', memory: '100M' }, undefined, { restartPolicy: 'Always' }),
      requests({ cpu: '2500m' }),
    ],
  }),
  pod({
    resources: { limits: { cpu: '4' } },
    containers: [requests({ cpu: '0', memory: '1Ki' }), requests({ cpu: '1e3', memory: '1' })],
  }),
  pod({
    resources: { requests: { cpu: '1' } },
    containers: [
      requests(undefined, { 'hugepages-2Mi': '4Mi', cpu: '1' }),
      requests(undefined, { 'hugepages-2Mi': '2Mi' }),
    ],
  }),
  pod({
    resources: { requests: { 'hugepages-2Mi': '1Mi' }, limits: { cpu: '1' } },
    containers: [requests(undefined, { 'hugepages-2Mi': '4Mi' })],
  }),
  pod({
    resources: { limits: { cpu: '2', 'hugepages-1Gi': '1Gi', 'example.com/x': '1' } },
    containers: [requests({ cpu: '0.1m' }), requests({ cpu: '0.2m' })],
  }),
];
