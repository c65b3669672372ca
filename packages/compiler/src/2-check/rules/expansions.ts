// `$(NAME)` in environment variables, commands and arguments: the length after expansion, and names without a variable.

import type { Path } from '../../diagnostic.ts';
import { utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { expandedLength, maxTextBytes, maxTotalBytes, referredTo } from '../../kinds/shared/expansion.ts';
import { containersOf, type PodContainer } from '../../kinds/shared/pods.ts';
import type { Manifests } from '../../manifest.ts';
import { podRule, type ReportAt } from '../rule.ts';

export const expansions = podRule(['I2K428', 'I2K568'], (pod, reportAt, manifests) => {
  const hasLinks = pod.spec.enableServiceLinks !== false;
  for (const container of containersOf(pod)) {
    const variables = lengthsOf(container, manifests, reportAt);
    checkWords(container, variables, reportAt);
    checkProbes(container, reportAt);
    if (hasLinks) checkLinks(container, manifests, reportAt);
  }
});

/** Bytes of each variable if the input holds its value; 0 if only the machine knows it. */
function lengthsOf(
  { container, path, pod }: PodContainer,
  manifests: Manifests,
  reportAt: ReportAt,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const dataOf = (name = '') => manifests.get('ConfigMap', pod.namespace, name)?.object.data ?? {};
  for (const { prefix = '', configMapRef } of container.envFrom ?? []) {
    if (configMapRef)
      for (const [key, value] of Object.entries(dataOf(configMapRef.name)))
        found.set(prefix + key, utf8ByteLength(value));
  }
  const total = limitOf(reportAt);
  for (const [index, { name, value = '', valueFrom }] of (container.env ?? []).entries()) {
    const key = valueFrom?.configMapKeyRef;
    const data = key ? dataOf(key.name) : {};
    const literal = key && Object.hasOwn(data, key.key) ? utf8ByteLength(data[key.key] ?? '') : 0;
    const length = valueFrom
      ? literal
      : total([...path, 'env', index, 'value'], `the variable ${name}`, value, (variable) => found.get(variable));
    found.set(name, length);
  }
  return found;
}

/** Checks one text, and the sum of all, against the limits. A text that is too long counts zero, so that it is reported once. */
function limitOf(reportAt: ReportAt) {
  let sum = 0;
  return (path: Path, subject: string, text: string, bytesOf: (name: string) => number | undefined): number => {
    const length = expandedLength(text, bytesOf);
    // A text without references does not grow.
    if (referredTo(text).length === 0) return length;
    if (length > maxTextBytes) reportAt(path, `${subject} expands to ${length} bytes, more than ${maxTextBytes}`);
    else if (sum + length > maxTotalBytes)
      reportAt(path, `${subject} and those before it expand to ${sum + length} bytes, more than ${maxTotalBytes}`);
    else {
      sum += length;
      return length;
    }
    return 0;
  };
}

function checkWords(
  { container, path }: PodContainer,
  variables: ReadonlyMap<string, number>,
  reportAt: ReportAt,
): void {
  const total = limitOf(reportAt);
  for (const field of ['command', 'args'] as const) {
    for (const [index, word] of (container[field] ?? []).entries()) {
      total([...path, field, index], `word ${index + 1} of ${field}`, word, (name) => variables.get(name));
    }
  }
}

/** A probe's command sees only literal values of `env`, unexpanded. */
function checkProbes({ container, path }: PodContainer, reportAt: ReportAt): void {
  const literal = new Map((container.env ?? []).map(({ name, value = '' }) => [name, utf8ByteLength(value)]));
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
    const total = limitOf(reportAt);
    for (const [index, word] of (container[probe]?.exec?.command ?? []).entries()) {
      total([...path, probe, 'exec', 'command', index], `word ${index + 1} of the ${probe}`, word, (name) =>
        literal.get(name),
      );
    }
  }
}

const linkForm = /^[A-Z][A-Z0-9_]*_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

/** True for a variable in the style of Docker links, which Kubernetes sets for each Service of the namespace. */
const isLinkVariable = (name: string, manifests: Manifests, namespace: string): boolean =>
  linkForm.test(name) ||
  (name.endsWith('_PORT') &&
    manifests
      .of('Service')
      .some(
        ({ ref }) => ref.namespace === namespace && name === `${ref.name.replaceAll('-', '_').toUpperCase()}_PORT`,
      ));

function checkLinks({ container, path, pod }: PodContainer, manifests: Manifests, reportAt: ReportAt): void {
  const defined = new Set((container.env ?? []).map(({ name }) => name));
  const check = (text: string, itemPath: Path) => {
    for (const name of new Set(referredTo(text))) {
      if (defined.has(name) || !isLinkVariable(name, manifests, pod.namespace)) continue;
      const service = name.slice(0, name.search(/_PORT(?:_\d+_|$)/));
      const hint = `Use $(${service}_SERVICE_HOST) and $(${service}_SERVICE_PORT).`;
      reportAt(itemPath, `$(${name}) stays as it is: variables named after Docker links do not exist`, {
        code: 'I2K568',
        hint,
      });
    }
  };
  for (const [index, { value = '' }] of (container.env ?? []).entries()) check(value, [...path, 'env', index, 'value']);
  for (const field of ['command', 'args'] as const) {
    for (const [index, word] of (container[field] ?? []).entries()) check(word, [...path, field, index]);
  }
}
