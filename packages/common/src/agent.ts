// Facts of the agent's interface that templates, checks and image builds share.

/** Where the agent answers whether all containers of the pod are ready; the port is the kubelet's for kube-proxy's health. */
export const agentReadiness = { port: 10256, path: '/readyz' } as const;
