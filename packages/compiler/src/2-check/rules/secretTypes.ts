// The keys that a Secret's type asks for. As ValidateSecret of Kubernetes.
import { objectRule } from '../rule.ts';

const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

export const secretTypes = objectRule('Secret', ['I2K313'], ({ type, data, stringData, metadata }, say) => {
  const has = (key: string) => Object.hasOwn(data ?? {}, key) || Object.hasOwn(stringData ?? {}, key);
  for (const key of Object.hasOwn(REQUIRED_KEYS, type) ? (REQUIRED_KEYS[type] ?? []) : []) {
    if (!has(key)) say(['type'], `a Secret of type ${type} needs the key ${key}`);
  }
  if (type === 'kubernetes.io/basic-auth' && !has('username') && !has('password')) {
    say(['type'], `a Secret of type ${type} needs the key username or password`);
  }
  const account = 'kubernetes.io/service-account.name';
  if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[account]) {
    say(['type'], `a Secret of type ${type} needs the annotation ${account}`);
  }
});
