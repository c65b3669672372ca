// Seventy-five pods whose environments leave no room in a template of 1 MB, though each payload fits into user data.
const noise = (seed: number) =>
  Array.from({ length: 1150 }, (_, position) => ((position + 1) * (seed + 7) * 2654435761) % 4294967296).join('');
const resources = { requests: { cpu: '100m', memory: '64Mi' } };
const items = Array.from({ length: 75 }, (_, position) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `web-a${position}` },
  spec: {
    selector: { matchLabels: { app: `web-a${position}` } },
    template: {
      metadata: { labels: { app: `web-a${position}` } },
      spec: {
        containers: [{ name: 'main', image: 'a:1', resources, env: [{ name: 'NOISE', value: noise(position) }] }],
      },
    },
  },
}));

export default JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
