// The data of ConfigMaps and Secrets: each key once, at most 1 MiB. As ValidateConfigMap and ValidateSecret of
// Kubernetes.
import { base64ByteLength, utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { type Rule, reporterFor } from '../rule.ts';

/** MaxSecretSize, which applies to ConfigMaps, too. */
const MAX_BYTES = 1024 * 1024;

const sum = (map: Readonly<Record<string, string>> | undefined, length: (text: string) => number): number =>
  Object.values(map ?? {}).reduce((total, value) => total + length(value), 0);

export const configDataSize: Rule = {
  codes: ['I2K312'],
  check(manifests, report) {
    for (const manifest of manifests.of('ConfigMap')) {
      const reportAt = reporterFor(manifest, 'I2K312', report);
      const { data: texts, binaryData } = manifest.object;
      for (const key of Object.keys(binaryData ?? {})) {
        if (texts && Object.hasOwn(texts, key))
          reportAt(['binaryData', key], `the key ${key} is also in data`, { atKey: true });
      }
      const size = sum(texts, utf8ByteLength) + sum(binaryData, base64ByteLength);
      if (size > MAX_BYTES)
        reportAt([], `the ConfigMap holds ${size} bytes, more than 1 MiB`, {
          hint: 'Split it, or put large files into the container image.',
        });
    }
    for (const manifest of manifests.of('Secret')) {
      const { data: encoded, stringData } = manifest.object;
      // stringData overrides data, key by key.
      const data = Object.fromEntries(
        Object.entries(encoded ?? {}).filter(([key]) => !Object.hasOwn(stringData ?? {}, key)),
      );
      const size = sum(data, base64ByteLength) + sum(stringData, utf8ByteLength);
      if (size > MAX_BYTES)
        reporterFor(manifest, 'I2K312', report)([], `the Secret holds ${size} bytes, more than 1 MiB`);
    }
  },
};
