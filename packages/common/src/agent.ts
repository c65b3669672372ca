// Facts of the agent's interface that templates, checks and image builds share.

/** The agent answers here for the whole pod: all containers, every kind of probe, 503 while terminating. */
export const agentReadiness = { port: 10256, path: '/readyz' } as const;
