// Services reached by HTTP host (`via: alb-host`) -> one router for all, with a listener for each port.
import { compareText } from '@i2kit/common';
import { appRef } from '../diagnostic.ts';
import type { CompileOptions } from '../options.ts';
import type { Origin, Router } from '../plan.ts';
import type { PendingEndpoint } from './endpoints.ts';

/** Seconds. The longest idle timeout of an application load balancer. */
const idleTimeout = '4000';

export function serviceHostRouter(drafts: readonly PendingEndpoint[], { app }: CompileOptions): readonly Router[] {
  if (drafts.length === 0) return [];
  const origin: Origin = { object: appRef(app), path: [] };
  const services = [...drafts].sort((a, b) => compareText(a.key, b.key));
  const ports = new Set(
    services.flatMap((service) => service.ports.flatMap(({ listenerPorts: listeners }) => listeners)),
  );
  return [
    {
      origin,
      serves: 'services',
      name: 'services',
      visibility: 'internal',
      sourceRanges: [],
      listeners: [...ports].sort((a, b) => a - b).map((port) => ({ origin, port })),
      routes: services.flatMap((service) =>
        service.ports.flatMap((port) =>
          port.listenerPorts.map((listener) => ({
            origin: port.origin,
            service: { ...serviceNameOf(service), port: listener },
            paths: [],
            backend: backendKey(service, port.port),
          })),
        ),
      ),
      backends: services.flatMap((service) =>
        service.ports.map((port) => ({
          origin: port.origin,
          key: backendKey(service, port.port),
          namespace: service.namespace,
          name: service.name,
          port: port.port,
          targetPort: port.targetPort,
          groups: service.backends,
          protocol: 'HTTP',
          attributes: {},
        })),
      ),
      hosts: [],
      services: services.map(serviceNameOf),
      // Keeps the Host header and the port, like a load balancer that does not parse HTTP.
      attributes: { 'routing.http.preserve_host_header.enabled': 'true', 'idle_timeout.timeout_seconds': idleTimeout },
    },
  ];
}

const serviceNameOf = ({ origin, namespace, name }: PendingEndpoint) => ({ origin, namespace, name });
const backendKey = ({ namespace, name }: PendingEndpoint, port: number) => `${namespace}/${name}:${port}`;
