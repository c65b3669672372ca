// Rule serviceAccounts: the account that a pod runs as is there.
import { serviceAccounts } from '../../../src/2-check/rules/serviceAccounts.ts';
import { deployment, inPod, serviceAccount } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('takes the default one, and one that is there', () => {
  expect(said(serviceAccounts, [deployment, inPod({ serviceAccountName: 'default' })])).toEqual([]);
  expect(said(serviceAccounts, [serviceAccount, inPod({ serviceAccountName: 'web' })])).toEqual([]);
  expect(said(serviceAccounts, [inPod({ serviceAccountName: 'web' })], ['ServiceAccount/default/web'])).toEqual([]);
});

it('refuses others', () => {
  expect(said(serviceAccounts, [inPod({ serviceAccountName: 'web' })])).toEqual(['I2K453 ~p.serviceAccountName']);
  expect(said(serviceAccounts, [inPod({ serviceAccountName: 'We b' })])).toEqual(['I2K301 ~p.serviceAccountName']);
});
