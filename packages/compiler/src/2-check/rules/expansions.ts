// `$(NAME)` in environment variables, commands and arguments: how long it becomes, and names that have no variable here.

import type { Path } from '../../diagnostic.ts';
import { utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { expandedLength, maxTextBytes, maxTotalBytes, referredTo } from '../../kinds/shared/expansion.ts';
import { containersOf, type PodContainer } from '../../kinds/shared/pods.ts';
import type { Manifests } from '../../manifest.ts';
import { podRule, type ReportAt } from '../rule.ts';

export const expansions = podRule(['I2K428', 'I2K568'], (pod, say, all) => {
  const links = pod.spec.enableServiceLinks === false ? undefined : linkVariables(all, pod.namespace);
  for (const container of containersOf(pod)) {
    const variables = lengthsOf(container, all, say);
    checkWords(container, variables, say);
    checkProbes(container, say);
    if (links) checkLinks(container, links, say);
  }
});

/** Bytes of each variable as far as the input tells; 0 where only the machine knows the value. */
function lengthsOf({ container, path, pod }: PodContainer, all: Manifests, say: ReportAt): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const dataOf = (name = '') => all.get('ConfigMap', pod.namespace, name)?.object.data ?? {};
  for (const { prefix = '', configMapRef } of container.envFrom ?? []) {
    if (configMapRef)
      for (const [key, value] of Object.entries(dataOf(configMapRef.name)))
        found.set(prefix + key, utf8ByteLength(value));
  }
  const total = limitOf(say);
  for (const [index, { name, value = '', valueFrom }] of (container.env ?? []).entries()) {
    const key = valueFrom?.configMapKeyRef;
    const data = key ? dataOf(key.name) : {};
    const literal = key && Object.hasOwn(data, key.key) ? utf8ByteLength(data[key.key] ?? '') : 0;
    const length = valueFrom
      ? literal
      : total([...path, 'env', index, 'value'], `the variable ${name}`, value, (of) => found.get(of));
    found.set(name, length);
  }
  return found;
}

/** Holds one text, and the sum of all, to the limits. A text that is too long counts nothing, so that it is said once. */
function limitOf(say: ReportAt) {
  let sum = 0;
  return (at: Path, subject: string, text: string, bytesOf: (name: string) => number | undefined): number => {
    const length = expandedLength(text, bytesOf);
    // A literal text is as long as its author made it.
    if (referredTo(text).length === 0) return length;
    if (length > maxTextBytes) say(at, `${subject} expands to ${length} bytes, more than ${maxTextBytes}`);
    else if (sum + length > maxTotalBytes)
      say(at, `${subject} and those before it expand to ${sum + length} bytes, more than ${maxTotalBytes}`);
    else {
      sum += length;
      return length;
    }
    return 0;
  };
}

function checkWords({ container, path }: PodContainer, variables: ReadonlyMap<string, number>, say: ReportAt): void {
  const total = limitOf(say);
  for (const field of ['command', 'args'] as const) {
    for (const [index, word] of (container[field] ?? []).entries()) {
      total([...path, field, index], `word ${index + 1} of ${field}`, word, (name) => variables.get(name));
    }
  }
}

/** A probe's command sees only literal values of `env`, unexpanded. */
function checkProbes({ container, path }: PodContainer, say: ReportAt): void {
  const literal = new Map((container.env ?? []).map(({ name, value = '' }) => [name, utf8ByteLength(value)]));
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
    const total = limitOf(say);
    for (const [index, word] of (container[probe]?.exec?.command ?? []).entries()) {
      total([...path, probe, 'exec', 'command', index], `word ${index + 1} of the ${probe}`, word, (name) =>
        literal.get(name),
      );
    }
  }
}

/** Variables in the manner of Docker's links, which Kubernetes sets for each Service of the namespace, by their names. */
function linkVariables(all: Manifests, namespace: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { ref, object } of all.of('Service')) {
    if (ref.namespace !== namespace) continue;
    const prefix = `${ref.name.replaceAll('-', '_').toUpperCase()}_PORT`;
    found.add(prefix);
    for (const { port, protocol = 'TCP' } of object.spec.ports ?? []) {
      const each = `${prefix}_${port}_${protocol}`;
      for (const name of [each, `${each}_PROTO`, `${each}_PORT`, `${each}_ADDR`]) found.add(name);
    }
  }
  return found;
}

const linkForm = /^[A-Z][A-Z0-9_]*_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

function checkLinks({ container, path }: PodContainer, links: ReadonlySet<string>, say: ReportAt): void {
  const own = new Set((container.env ?? []).map(({ name }) => name));
  const check = (text: string, at: Path) => {
    for (const name of new Set(referredTo(text))) {
      if (own.has(name) || !(links.has(name) || linkForm.test(name))) continue;
      const service = name.replace(/_PORT(?:_\d+_.*)?$/, '');
      const hint = `use $(${service}_SERVICE_HOST) and $(${service}_SERVICE_PORT)`;
      say(at, `$(${name}) stays as it is: variables in the manner of Docker's links are not made`, {
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
