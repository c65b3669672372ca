// One Deployment behind 201 public Services: each gives an output.
const items = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'main', image: 'a:1', resources: { requests: { cpu: '100m', memory: '64Mi' } } }],
        },
      },
    },
  },
  ...Array.from({ length: 201 }, (_, position) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `web-a${position}` },
    spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
  })),
];

export default JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
