// Probes and lifecycle hooks: exactly one complete action each. As validateProbe and validateLifecycle of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import type { Container, HTTPGetAction, IntOrString, LifecycleHandler, Probe } from '../../generated/kubernetes.ts';
import { containerPortNumber } from '../../kinds/shared/ports.ts';
import { headerName, isPort } from '../formats.ts';
import { containerRule, type ReportAt } from '../rule.ts';

type Handler = Probe | LifecycleHandler;

const ACTIONS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

export const probesAndHooks = containerRule(['I2K320'], ({ container, path, pod }, reportAt) => {
  for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
    const probe = container[kind];
    if (!probe) continue;
    const fieldPath = [...path, kind];
    checkHandler(probe, container, fieldPath, reportAt);
    if (kind !== 'readinessProbe' && probe.successThreshold !== 1)
      reportAt([...fieldPath, 'successThreshold'], `successThreshold of a ${kind} must be 1`);
    if (kind === 'readinessProbe' && probe.terminationGracePeriodSeconds !== undefined) {
      reportAt(
        [...fieldPath, 'terminationGracePeriodSeconds'],
        'a readinessProbe ends nothing, so it cannot have terminationGracePeriodSeconds',
      );
    }
  }
  const grace = pod.spec.terminationGracePeriodSeconds;
  for (const kind of ['postStart', 'preStop'] as const) {
    const hook = container.lifecycle?.[kind];
    if (!hook) continue;
    const fieldPath = [...path, 'lifecycle', kind];
    checkHandler(hook, container, fieldPath, reportAt);
    const seconds = hook.sleep?.seconds ?? 0;
    if (seconds < 0 || seconds > grace)
      reportAt(
        [...fieldPath, 'sleep', 'seconds'],
        `a sleep of ${seconds} seconds exceeds the grace period of ${grace}`,
      );
  }
  const signal = container.lifecycle?.stopSignal;
  if (signal === undefined) return;
  const fieldPath = [...path, 'lifecycle', 'stopSignal'];
  if (pod.spec.os?.name === undefined)
    reportAt(fieldPath, 'stopSignal requires the operating system', { hint: 'Set spec.os.name to linux.' });
  else if (!/^SIG(?:[A-Z]+\d?|RTMIN(?:\+\d+)?|RTMAX(?:-\d+)?)$/.test(signal))
    reportAt(fieldPath, `${JSON.stringify(signal)} is not a signal`, { hint: 'Use a name like SIGTERM.' });
});

function checkHandler(handler: Handler, container: Container, path: Path, reportAt: ReportAt): void {
  const actions = ACTIONS.filter((action) => (handler as { readonly [action: string]: unknown })[action] !== undefined);
  if (actions.length === 0)
    reportAt(path, `${path.at(-1)} has no action`, { hint: `Add one of ${ACTIONS.join(', ')}.` });
  for (const action of actions.slice(1))
    reportAt([...path, action], `${path.at(-1)} has both ${actions[0]} and ${action}`);
  const { exec, httpGet, tcpSocket } = handler;
  if (exec && !exec.command?.length) reportAt([...path, 'exec', 'command'], 'exec has no command');
  if (httpGet) checkHttp(httpGet, container, [...path, 'httpGet'], reportAt);
  if (tcpSocket) checkPort(tcpSocket.port, container, [...path, 'tcpSocket', 'port'], reportAt);
  if ('grpc' in handler && handler.grpc) checkPort(handler.grpc.port, container, [...path, 'grpc', 'port'], reportAt);
}

function checkHttp(
  { path: target, port, httpHeaders = [] }: HTTPGetAction,
  container: Container,
  path: Path,
  reportAt: ReportAt,
): void {
  if (!target) reportAt([...path, 'path'], 'httpGet has no path');
  checkPort(port, container, [...path, 'port'], reportAt);
  for (const [index, { name }] of httpHeaders.entries()) {
    const problem = headerName(name ?? '');
    if (problem)
      reportAt([...path, 'httpHeaders', index, 'name'], `the header's name ${JSON.stringify(name ?? '')} ${problem}`);
  }
}

function checkPort(port: IntOrString, container: Container, path: Path, reportAt: ReportAt): void {
  const found = containerPortNumber(port, container);
  if (found === undefined) reportAt(path, `the container ${container.name} has no port named ${JSON.stringify(port)}`);
  else if (!isPort(found) && found === port) reportAt(path, `${port} is not a port (1 to 65535)`);
}
