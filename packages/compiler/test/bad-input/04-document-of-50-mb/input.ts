// One ConfigMap of 50 MB.
export default `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n  large: ${'x'.repeat(50_000_000)}\n`;
