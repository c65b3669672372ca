// Rule handlers: probes and hooks do exactly one thing.
import { probesAndHooks } from '../../../src/2-check/rules/probesAndHooks.ts';
import { inContainer, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const probe = (livenessProbe: object) => findingsOf(probesAndHooks, [inContainer({ livenessProbe })]);
const exec = { command: ['true'] };

it.each([
  { exec },
  { httpGet: { port: 'http' } },
  { httpGet: { path: '/x', port: 80 } },
  { tcpSocket: { port: 'http' } },
  { grpc: { port: 50051 } },
])('takes %j', (one) => expect(probe(one)).toEqual([]));

it.each([
  [{}, ''],
  [{ exec, grpc: { port: 1 } }, '.grpc'],
  [{ exec: {} }, '.exec'],
  [{ exec: { command: [] } }, '.exec.command'],
  [{ httpGet: { port: 'admin' } }, '.httpGet.port'],
  [{ httpGet: { port: 0 } }, '.httpGet.port'],
  [{ tcpSocket: { port: 70000 } }, '.tcpSocket.port'],
  [{ grpc: { port: 0 } }, '.grpc.port'],
  [{ httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: 'x' }] } }, '.httpGet.httpHeaders[0].name'],
  [{ exec, successThreshold: 2 }, '.successThreshold'],
])('refuses %j', (one, at) => expect(probe(one)).toEqual([`I2K320 ~c.livenessProbe${at}`]));

it('lets readiness probes alone count successes, and end nothing', () => {
  const readiness = (more: object) => findingsOf(probesAndHooks, [inContainer({ readinessProbe: { exec, ...more } })]);
  expect(readiness({ successThreshold: 3 })).toEqual([]);
  expect(readiness({ terminationGracePeriodSeconds: 3 })).toEqual([
    'I2K320 ~c.readinessProbe.terminationGracePeriodSeconds',
  ]);
});

it('checks hooks', () => {
  const hook = (preStop: object) => findingsOf(probesAndHooks, [inContainer({ lifecycle: { preStop } })]);
  expect([hook({ exec }), hook({ sleep: { seconds: 30 } })]).toEqual([[], []]);
  expect(hook({})).toEqual(['I2K320 ~c.lifecycle.preStop']);
  expect(hook({ sleep: { seconds: 31 } })).toEqual(['I2K320 ~c.lifecycle.preStop.sleep.seconds']);
  expect(hook({ sleep: { seconds: -1 } })).toEqual(['I2K320 ~c.lifecycle.preStop.sleep.seconds']);
});

it('wants to know the system of a signal', () => {
  const signal = inContainer({ lifecycle: { stopSignal: 'SIGUSR1' } });
  expect(findingsOf(probesAndHooks, [signal])).toEqual(['I2K320 ~c.lifecycle.stopSignal']);
  expect(findingsOf(probesAndHooks, [withFields(signal, { 'spec.template.spec.os.name': 'linux' })])).toEqual([]);
  const bad = withFields(signal, {
    'spec.template.spec.os.name': 'linux',
    'spec.template.spec.containers[0].lifecycle.stopSignal': 'USR1',
  });
  expect(findingsOf(probesAndHooks, [bad])).toEqual(['I2K320 ~c.lifecycle.stopSignal']);
});
