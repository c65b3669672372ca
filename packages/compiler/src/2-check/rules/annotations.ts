// Supported annotations: known, on a kind that they apply to, with a valid value.
import { nearest } from '@i2kit/common';
import { otherControllerPrefixes, strictPrefixes, annotations as table } from '../../annotations/index.ts';
import { isBarePod, podOf, templatePathOf } from '../../kinds/shared/pods.ts';
import type { Manifest } from '../../manifest.ts';
import { hintOf, type ReportAt, type Rule, reporterFor, summaryOf } from '../rule.ts';

export const annotations: Rule = {
  codes: ['I2K460', 'I2K461', 'I2K462', 'I2K463', 'I2K540'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const reportAt = reporterFor(manifest, 'I2K460', report);
      for (const [name, text] of Object.entries(manifest.object.metadata.annotations ?? {}))
        checkAnnotation(name, text, manifest, reportAt);
      const pod = podOf(manifest);
      for (const name of Object.keys(pod?.template.metadata.annotations ?? {})) {
        if (!name.startsWith('i2kit.dev/') || !pod || isBarePod(pod)) continue;
        reportAt([...templatePathOf(pod), 'metadata', 'annotations', name], `${name} has no effect on a pod template`, {
          code: 'I2K463',
          hint: `Move it to the ${manifest.kind}'s own metadata.`,
          atKey: true,
        });
      }
    }
  },
};

function checkAnnotation(name: string, text: string, { kind }: Manifest, reportAt: ReportAt): void {
  const path = ['metadata', 'annotations', name];
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!entry) {
    const family = strictPrefixes.find((prefix) => name.startsWith(prefix));
    if (family === undefined) {
      if (otherControllerPrefixes.some((prefix) => name.startsWith(prefix)))
        reportAt(path, `${name} is for a controller that does not exist here`, { code: 'I2K540', atKey: true });
      return;
    }
    // Compared without the prefix, which is long and always right.
    const known = Object.keys(table).flatMap((key) => (key.startsWith(family) ? [key.slice(family.length)] : []));
    const meant = nearest(name.slice(family.length), known);
    reportAt(path, `there is no annotation ${name}`, {
      atKey: true,
      ...(meant && { hint: `Did you mean ${family}${meant}?` }),
    });
    return;
  }
  if (!entry.on.includes(kind)) {
    reportAt(path, `${name} has no effect on a ${kind}`, {
      code: 'I2K463',
      hint: `Use it on ${entry.on.join(', ')}.`,
      atKey: true,
    });
    return;
  }
  const parsed = entry.parse(text);
  if (!parsed.ok)
    reportAt(path, `${name} ${parsed.problems[0].message}, but is ${JSON.stringify(text)}`, { code: 'I2K461' });
  else if (entry.unsupported) {
    const { code, hint = hintOf(code) } = entry.unsupported;
    reportAt(path, `${name}: ${summaryOf(code)}`, { code, hint, atKey: true });
  }
}
