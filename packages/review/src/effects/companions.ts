// What comes and goes with machines and with nothing else: not worth a line of its own beside them.
import { type Comparison, subject } from '../comparison.ts';
import type { Effect } from './effect.ts';

const companions = [
  'AWS::EC2::LaunchTemplate',
  'AWS::IAM::InstanceProfile',
  'AWS::EC2::NetworkInterface',
  'AWS::AutoScaling::LifecycleHook',
];

/** The effects, with such resources among the ids of the machines that are made or destroyed in the same go. */
export function withCompanions({ changes }: Comparison, effects: readonly Effect[]): readonly Effect[] {
  return effects.map((effect) => {
    const action = effect.verb === 'CREATE' ? 'add' : effect.verb === 'DESTROY' ? 'remove' : undefined;
    if (effect.area !== 'machines' || action === undefined) return effect;
    const more = [...changes.values()].filter(
      (change) =>
        companions.includes(change.type) &&
        change.action === action &&
        subject(change) === effect.object &&
        !effect.ids.includes(change.id),
    );
    return { ...effect, ids: [...effect.ids, ...more.map(({ id }) => id)] };
  });
}
