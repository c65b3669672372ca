import { templates } from '../../../src/2-check/rules/templates.ts';
import { having, replicationController } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('a ReplicationController needs a template', () => {
  expect(said(templates, [replicationController])).toEqual([]);
  expect(said(templates, [having(replicationController, { 'spec.template': undefined })])).toEqual(['I2K305 spec']);
});
