// Shows that the validators work: they accept a correct template, and detect planted mistakes in another.
import { appTemplate } from '../fixtures/templates/app.ts';
import { networkTemplate } from '../fixtures/templates/network.ts';
import { findingLines, runCfnLint } from './cfnLint.ts';
import { loadSchemaCheck } from './resourceSchemas.ts';

const withWrongPort = () => {
  const template = appTemplate();
  (template.Resources.Listener.Properties as { Port: unknown }).Port = 'eighty';
  return template;
};

test('cfn-lint finds nothing in a good template and the error planted in another', async () => {
  const findings = await runCfnLint({ good: appTemplate(), network: networkTemplate, 'b/a:d': withWrongPort() });
  expect(findingLines(findings.filter((finding) => finding.template !== 'b/a:d'))).toEqual([]);
  expect(findings).toEqual([
    expect.objectContaining({
      template: 'b/a:d',
      level: 'Error',
      rule: 'E3012',
      path: ['Resources', 'Listener', 'Properties', 'Port'],
    }),
  ]);
});

test('the schemas take a good template and refuse a property that there is not', async () => {
  const check = await loadSchemaCheck();
  expect([...check(appTemplate()), ...check(networkTemplate)]).toEqual([]);
  const extra = {
    Role2: { Type: 'AWS::IAM::Role', Properties: { Arn: 'arn:', Tags: [{ Key: 'i2kit:app', Value: 'é' }] } },
    Template2: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'maybe' }, EbsOptimised: true } },
    },
    Nothing: { Type: 'AWS::No::Such' },
  };
  expect(check(appTemplate({ extra }))).toEqual([
    "Role2: must have required property 'AssumeRolePolicyDocument'",
    'Role2: must NOT have additional properties: Arn',
    'Template2/LaunchTemplateData: must NOT have additional properties: EbsOptimised',
    'Template2/LaunchTemplateData/MetadataOptions/HttpTokens: must be equal to one of the allowed values: optional, required',
    'Nothing: no such type AWS::No::Such',
  ]);
});
