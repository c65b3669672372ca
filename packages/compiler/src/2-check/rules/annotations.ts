// Annotations that mean something: known, on an object that they say something of, with a value that can be read.
import { nearest } from '@i2kit/common';
import { otherControllerPrefixes, strictPrefixes, annotations as table } from '../../annotations/index.ts';
import { isBarePod, podOf, templatePathOf } from '../../kinds/shared/pods.ts';
import type { Manifest } from '../../manifest.ts';
import { hintOf, type ReportAt, type Rule, reporterFor, summaryOf } from '../rule.ts';

export const annotations: Rule = {
  codes: ['I2K460', 'I2K461', 'I2K462', 'I2K463', 'I2K540'],
  check(all, report) {
    for (const manifest of all.objects) {
      const say = reporterFor(manifest, 'I2K460', report);
      for (const [name, text] of Object.entries(manifest.object.metadata.annotations ?? {}))
        checkAnnotation(name, text, manifest, say);
      const pod = podOf(manifest);
      for (const name of Object.keys(pod?.template.metadata.annotations ?? {})) {
        if (!name.startsWith('i2kit.dev/') || !pod || isBarePod(pod)) continue;
        say([...templatePathOf(pod), 'metadata', 'annotations', name], `${name} says nothing on a pod template`, {
          code: 'I2K463',
          hint: `move it to the ${manifest.kind}'s own metadata`,
          atKey: true,
        });
      }
    }
  },
};

function checkAnnotation(name: string, text: string, { kind }: Manifest, say: ReportAt): void {
  const path = ['metadata', 'annotations', name];
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!entry) {
    const family = strictPrefixes.find((prefix) => name.startsWith(prefix));
    if (family === undefined) {
      if (otherControllerPrefixes.some((prefix) => name.startsWith(prefix)))
        say(path, `${name} is for a controller that is not there`, { code: 'I2K540', atKey: true });
      return;
    }
    // Without the prefix, which is the longer part and always right.
    const known = Object.keys(table).flatMap((key) => (key.startsWith(family) ? [key.slice(family.length)] : []));
    const meant = nearest(name.slice(family.length), known);
    say(path, `there is no annotation ${name}`, {
      atKey: true,
      ...(meant && { hint: `did you mean ${family}${meant}?` }),
    });
    return;
  }
  if (!entry.on.includes(kind)) {
    say(path, `${name} says nothing on a ${kind}`, {
      code: 'I2K463',
      hint: `it is understood on ${entry.on.join(', ')}`,
      atKey: true,
    });
    return;
  }
  const parsed = entry.parse(text);
  if ('problem' in parsed)
    say(path, `${name} ${parsed.problem}, and here is ${JSON.stringify(text)}`, { code: 'I2K461' });
  else if (entry.unsupported) {
    const { code, hint = hintOf(code) } = entry.unsupported;
    say(path, `${name}: ${summaryOf(code)}`, { code, hint, atKey: true });
  }
}
