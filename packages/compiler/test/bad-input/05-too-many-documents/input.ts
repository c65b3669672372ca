// 10,001 ConfigMaps.
const one = (_: unknown, index: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-${index}\n`;

export default Array.from({ length: 10_001 }, one).join('---\n');
