// The target group's health check, which every load balancer uses.
import { agentReadiness } from '@i2kit/common';

/** The pod's readiness as Kubernetes defines it: the agent answers for all containers, and with 503 while terminating. */
export const targetGroupHealthCheck = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: String(agentReadiness.port),
  HealthCheckPath: agentReadiness.path,
  HealthCheckIntervalSeconds: 10,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
} as const;
