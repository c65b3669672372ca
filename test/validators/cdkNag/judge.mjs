// Judges CloudFormation templates by cdk-nag's AwsSolutions pack: CfnInclude reads each template as a stack of the CDK.
// Input on stdin: { name: file }; output: { rules: [name], findings: [{ template, rule, resource, said }],
// unjudged: [{ template, rule, resource, said }], unread: [{ template, error }], resources: number }.
// `unjudged`: the rule cannot read the resource, because a value that it needs is an intrinsic function.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const app = new App({ analyticsReporting: false });
const env = { account: '123456789012', region: 'eu-west-1' };
const judged = { findings: [], unjudged: [], unread: [], resources: 0 };
const thrown = 'Rule threw an error during validation. ';

/** Verbose: without it, the pack does not say why a rule threw. */
const pack = new AwsSolutionsChecks(app, { verbose: true });

for (const [template, templateFile] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const stack = new Stack(app, `Stack${app.node.children.length}`, { env });
  try {
    new CfnInclude(stack, 'Template', { templateFile });
  } catch (error) {
    judged.unread.push({ template, error: error.message });
    continue;
  }
  const resources = stack.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  judged.resources += resources.length;
  const logicalIds = new Map(resources.map((each) => [each.node.path, String(stack.resolve(each.logicalId))]));
  for (const { ruleName, description, violatingResources } of pack.validateScope(stack).violations)
    for (const { constructPath } of violatingResources)
      (description.startsWith(thrown) ? judged.unjudged : judged.findings).push({
        template,
        rule: ruleName.replace('AwsSolutions-', ''),
        resource: logicalIds.get(constructPath) ?? constructPath,
        said: description.replace(thrown, ''),
      });
}
process.stdout.write(JSON.stringify(judged));
