// The keys that a Secret's type requires. As ValidateSecret of Kubernetes.
import { objectRule } from '../rule.ts';

const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

export const secretTypes = objectRule('Secret', ['I2K313'], ({ type, data, stringData, metadata }, reportAt) => {
  const has = (key: string) => Object.hasOwn(data ?? {}, key) || Object.hasOwn(stringData ?? {}, key);
  for (const key of Object.hasOwn(REQUIRED_KEYS, type) ? (REQUIRED_KEYS[type] ?? []) : []) {
    if (!has(key)) reportAt(['type'], `a Secret of type ${type} needs the key ${key}`);
  }
  if (type === 'kubernetes.io/basic-auth' && !has('username') && !has('password')) {
    reportAt(['type'], `a Secret of type ${type} needs the key username or password`);
  }
  const account = 'kubernetes.io/service-account.name';
  if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[account]) {
    reportAt(['type'], `a Secret of type ${type} needs the annotation ${account}`);
  }
});
