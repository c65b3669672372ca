// The metric that the agent publishes: what it is called is settled in docs/agent-v1.md.

export const memoryMetric = { Namespace: 'i2kit', MetricName: 'MemoryUtilization' } as const;
