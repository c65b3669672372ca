// Faults by the user or the local machine: Ctrl-C and SIGKILL.
import type { FaultHook, FaultRow } from '../faultHook.ts';

const hang = (): Promise<never> => new Promise(() => {});
const dead = (hook: FaultHook): Promise<never> => {
  hook.kill();
  return hang();
};

export const userFaults: readonly FaultRow[] = [
  {
    name: 'Ctrl-C before the call',
    how: async (hook) => {
      if (hook.since === 0) hook.interrupt();
      return hook.effect();
    },
    expect: (it) => (it.over ? { exits: [130, it.scenario.exit] } : { exits: [130], says: /Interrupted/ }),
  },
  {
    name: 'Ctrl-C after the effect',
    how: async (hook) => {
      try {
        return await hook.effect();
      } finally {
        if (hook.since === 0) hook.interrupt();
      }
    },
    expect: (it) =>
      it.over ? { exits: [130, it.scenario.exit] } : { exits: [130, ...(it.scenario.name === 'no-op' ? [0] : [])] },
  },
  {
    name: 'Ctrl-C while the call hangs',
    how: async (hook) => {
      if (hook.since > 0) return hook.effect();
      await hook.effect().catch(() => {});
      hook.interrupt();
      return hang();
    },
    expect: (it) => (it.over ? { exits: [130, it.scenario.exit] } : { exits: [130], says: /Interrupted/ }),
  },
  {
    name: 'Ctrl-C that cancels',
    cancels: true,
    how: async (hook) => {
      if (hook.since === 0) hook.interrupt();
      return hook.effect();
    },
    expect: (it) => (it.over ? { exits: [130, it.scenario.exit] } : { exits: [130], says: /Interrupted/ }),
  },
  { name: 'SIGKILL before the call, run again at once', rerunAfterMs: 0, how: async (hook) => dead(hook) },
  {
    name: 'SIGKILL after the effect, run again at once',
    rerunAfterMs: 0,
    how: async (hook) =>
      hook
        .effect()
        .catch(() => {})
        .then(() => dead(hook)),
  },
  {
    name: 'SIGKILL after the effect, run again in the midst',
    rerunAfterMs: 7_000,
    how: async (hook) =>
      hook
        .effect()
        .catch(() => {})
        .then(() => dead(hook)),
  },
  {
    name: 'SIGKILL after the effect, run again much later',
    rerunAfterMs: 1_800_000,
    how: async (hook) =>
      hook
        .effect()
        .catch(() => {})
        .then(() => dead(hook)),
  },
];
