// Probes and lifecycle hooks: exactly one thing each, completely described. As validateProbe and validateLifecycle of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import type { Container, HTTPGetAction, IntOrString, LifecycleHandler, Probe } from '../../generated/kubernetes.ts';
import { containerPortNumber } from '../../kinds/shared/ports.ts';
import { headerName, isPort } from '../formats.ts';
import { containerRule, type ReportAt } from '../rule.ts';

type Handler = Probe | LifecycleHandler;

const ACTIONS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

export const probesAndHooks = containerRule(['I2K320'], ({ container, path, pod }, say) => {
  for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
    const probe = container[kind];
    if (!probe) continue;
    const at = [...path, kind];
    checkHandler(probe, container, at, say);
    if (kind !== 'readinessProbe' && probe.successThreshold !== 1)
      say([...at, 'successThreshold'], `successThreshold of a ${kind} can only be 1`);
    if (kind === 'readinessProbe' && probe.terminationGracePeriodSeconds !== undefined) {
      say(
        [...at, 'terminationGracePeriodSeconds'],
        'a readinessProbe ends nothing, so it has no terminationGracePeriodSeconds',
      );
    }
  }
  const grace = pod.spec.terminationGracePeriodSeconds;
  for (const kind of ['postStart', 'preStop'] as const) {
    const hook = container.lifecycle?.[kind];
    if (!hook) continue;
    const at = [...path, 'lifecycle', kind];
    checkHandler(hook, container, at, say);
    const seconds = hook.sleep?.seconds ?? 0;
    if (seconds < 0 || seconds > grace)
      say([...at, 'sleep', 'seconds'], `a sleep of ${seconds} seconds does not fit into the grace period of ${grace}`);
  }
  const signal = container.lifecycle?.stopSignal;
  if (signal === undefined) return;
  const at = [...path, 'lifecycle', 'stopSignal'];
  if (pod.spec.os?.name === undefined)
    say(at, 'stopSignal needs to know the operating system', { hint: 'set spec.os.name to linux' });
  else if (!/^SIG(?:[A-Z]+\d?|RTMIN(?:\+\d+)?|RTMAX(?:-\d+)?)$/.test(signal))
    say(at, `${JSON.stringify(signal)} is no signal`, { hint: 'use a name like SIGTERM' });
});

function checkHandler(handler: Handler, container: Container, path: Path, say: ReportAt): void {
  const given = ACTIONS.filter((action) => (handler as { readonly [action: string]: unknown })[action] !== undefined);
  if (given.length === 0) say(path, `${path.at(-1)} does nothing`, { hint: `give it one of ${ACTIONS.join(', ')}` });
  for (const action of given.slice(1)) say([...path, action], `${path.at(-1)} has both ${given[0]} and ${action}`);
  const { exec, httpGet, tcpSocket } = handler;
  if (exec && !exec.command?.length) say([...path, 'exec', 'command'], 'exec has no command');
  if (httpGet) checkHttp(httpGet, container, [...path, 'httpGet'], say);
  if (tcpSocket) checkPort(tcpSocket.port, container, [...path, 'tcpSocket', 'port'], say);
  if ('grpc' in handler && handler.grpc) checkPort(handler.grpc.port, container, [...path, 'grpc', 'port'], say);
}

function checkHttp(
  { path: target, port, httpHeaders = [] }: HTTPGetAction,
  container: Container,
  path: Path,
  say: ReportAt,
): void {
  if (!target) say([...path, 'path'], 'httpGet has no path');
  checkPort(port, container, [...path, 'port'], say);
  for (const [index, { name }] of httpHeaders.entries()) {
    const problem = headerName(name ?? '');
    if (problem)
      say([...path, 'httpHeaders', index, 'name'], `the header's name ${JSON.stringify(name ?? '')} ${problem}`);
  }
}

function checkPort(port: IntOrString, container: Container, path: Path, say: ReportAt): void {
  const found = containerPortNumber(port, container);
  if (found === undefined) say(path, `the container ${container.name} has no port called ${JSON.stringify(port)}`);
  else if (!isPort(found) && found === port) say(path, `${port} is no port: ports are 1 to 65535`);
}
