// Sixty Deployments, each with its Service.
const labels = (name: string) => ({ app: name });
const resources = { requests: { cpu: '100m', memory: '64Mi' } };
const pair = (name: string, port: number) => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels(name) },
      template: {
        metadata: { labels: labels(name) },
        spec: { containers: [{ name: 'main', image: 'a:1', resources }] },
      },
    },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels(name), ports: [{ port }] } },
];
const items = Array.from({ length: 60 }, (_, position) => pair(`web-a${position}`, 8000 + position)).flat();

export default JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
