// A ConfigMap that does not fit into user data, where there is no bucket.
const noise = Array.from({ length: 3000 }, (_, position) => (position * 2654435761) % 4294967296).join(' ');
const items = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { noise } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'large' },
    spec: {
      selector: { matchLabels: { app: 'large' } },
      template: {
        metadata: { labels: { app: 'large' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'a:1',
              resources: { requests: { cpu: '100m', memory: '64Mi' } },
              envFrom: [{ configMapRef: { name: 'large' } }],
            },
          ],
        },
      },
    },
  },
];

export default JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1);
export const config = { bucket: false };
