// Rule securityContext: contexts that contradict themselves.
import { securityContext } from '../../../src/2-check/rules/securityContext.ts';
import { inContainer, inPod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const context = (one: object) => findingsOf(securityContext, [inContainer({ securityContext: one })]);

it('takes what makes sense', () => {
  expect(
    context({
      runAsNonRoot: true,
      runAsUser: 1000,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'chown'] },
    }),
  ).toEqual([]);
});

it('refuses root that must not be root, wherever each of them is said', () => {
  expect(context({ runAsNonRoot: true, runAsUser: 0 })).toEqual(['I2K323 ~c.securityContext.runAsUser']);
  expect(
    findingsOf(securityContext, [inPod({ 'securityContext.runAsNonRoot': true, 'securityContext.runAsUser': 0 })]),
  ).toEqual(['I2K323 ~p.securityContext.runAsUser']);
  const own = withFields(inPod({ 'securityContext.runAsUser': 0 }), {
    'spec.template.spec.containers[0].securityContext': { runAsNonRoot: true, runAsUser: 5 },
  });
  expect(findingsOf(securityContext, [own])).toEqual([]);
});

it('refuses privileges that are kept away', () => {
  expect(context({ allowPrivilegeEscalation: false, privileged: true })).toEqual([
    'I2K323 ~c.securityContext.allowPrivilegeEscalation',
  ]);
  expect(context({ allowPrivilegeEscalation: false, capabilities: { add: ['SYS_ADMIN'] } })).toEqual([]);
});

it('knows capabilities', () => {
  expect(context({ capabilities: { add: ['CAP_NET_ADMIN'] } })).toEqual([
    'I2K426 ~c.securityContext.capabilities.add[0]',
  ]);
  expect(context({ capabilities: { drop: ['NET'] } })).toEqual(['I2K426 ~c.securityContext.capabilities.drop[0]']);
});

it('has no profiles', () =>
  expect(context({ seccompProfile: { type: 'Localhost' } })).toEqual([
    'I2K417 ~c.securityContext.seccompProfile.type',
  ]));
