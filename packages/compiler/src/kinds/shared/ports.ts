// Resolves named ports: in a container (probes) and in a pod (Services).
import type {
  Container,
  ContainerPort,
  IntOrString,
  PodSpec,
  ServicePort,
  ServiceSpec,
} from '../../generated/kubernetes.ts';
import { isSidecar } from './pods.ts';

/**
 * A port of a container by number or name, for a probe or a lifecycle handler; undefined if the container has no such
 * name.
 */
export function containerPortNumber(port: IntOrString, container: Container): number | undefined {
  if (typeof port === 'number') return port;
  return container.ports?.find(({ name }) => name === port)?.containerPort;
}

/**
 * The port of a pod that a Service's port leads to; undefined if the pod has no such port. As `FindPort` of
 * kubernetes/pkg/api/v1/pod: the first container that has the name with this protocol, sidecars last.
 */
export function targetPortNumber(
  { targetPort: target, port, protocol }: ServicePort,
  spec: PodSpec,
): number | undefined {
  if (typeof target === 'number') return target || port;
  if (target === undefined || target === '') return port;
  return declaredPorts(spec).find((declared) => declared.name === target && declared.protocol === protocol)
    ?.containerPort;
}

/**
 * The ports on which clients call a Service: a node port only of type NodePort. Exported Services of type LoadBalancer
 * carry node ports, and opening them at the load balancer would expose more than was asked for.
 */
export const listenerPortsOf = ({ type }: ServiceSpec, { port, nodePort }: ServicePort): readonly number[] =>
  type === 'NodePort' && nodePort && nodePort !== port ? [port, nodePort] : [port];

/** The ports of a pod's running containers, in the order in which names are looked up. */
export function declaredPorts({ containers, initContainers = [] }: PodSpec): readonly ContainerPort[] {
  return [...containers, ...initContainers.filter(isSidecar)].flatMap(({ ports }) => ports ?? []);
}
