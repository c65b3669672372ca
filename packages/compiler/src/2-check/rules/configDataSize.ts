// What a ConfigMap or a Secret holds: each key once, and not too much. As ValidateConfigMap and ValidateSecret of Kubernetes.
import { base64ByteLength, utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { type Rule, reporterFor } from '../rule.ts';

/** MaxSecretSize, which holds for ConfigMaps, too. */
const MAX_BYTES = 1024 * 1024;

const sum = (map: Readonly<Record<string, string>> | undefined, length: (text: string) => number): number =>
  Object.values(map ?? {}).reduce((total, value) => total + length(value), 0);

export const configDataSize: Rule = {
  codes: ['I2K312'],
  check(all, report) {
    for (const manifest of all.of('ConfigMap')) {
      const say = reporterFor(manifest, 'I2K312', report);
      const { data: texts, binaryData } = manifest.object;
      for (const key of Object.keys(binaryData ?? {})) {
        if (texts && Object.hasOwn(texts, key))
          say(['binaryData', key], `the key ${key} is in data, too`, { atKey: true });
      }
      const size = sum(texts, utf8ByteLength) + sum(binaryData, base64ByteLength);
      if (size > MAX_BYTES)
        say([], `the ConfigMap holds ${size} bytes, more than 1 MiB`, {
          hint: 'split it, or put large files into the container image',
        });
    }
    for (const manifest of all.of('Secret')) {
      const { data: encoded, stringData } = manifest.object;
      // stringData wins over data, key by key.
      const kept = Object.fromEntries(
        Object.entries(encoded ?? {}).filter(([key]) => !Object.hasOwn(stringData ?? {}, key)),
      );
      const size = sum(kept, base64ByteLength) + sum(stringData, utf8ByteLength);
      if (size > MAX_BYTES)
        reporterFor(manifest, 'I2K312', report)([], `the Secret holds ${size} bytes, more than 1 MiB`);
    }
  },
};
