// Two objects of one kind with one name: Kubernetes would take the second for an update of the first.
import { objectName } from '../../diagnostic.ts';
import { type Rule, repeats, sayOf } from '../rule.ts';

export const duplicates: Rule = {
  codes: ['I2K304'],
  check(all, report) {
    for (const { index, first, key } of repeats(all.all, ({ ref }) => objectName(ref))) {
      const [manifest, other] = [all.all[index], all.all[first]];
      if (!manifest || !other) continue;
      const say = sayOf(manifest, 'I2K304', report);
      say(['metadata', 'name'], `${key} is there twice`, {
        hint: 'remove or rename one of them',
        related: [{ message: 'the other one', object: other.ref, path: ['metadata', 'name'] }],
      });
    }
  },
};
