// `i2kit iam-policy`: the least rights that a use of i2kit needs, as an IAM policy; asks no account.

import { defaultEnv, regionOf } from '../../compileInput.ts';
import { readConfig } from '../../config/configFile.ts';
import { flagSettings, mergedConfig } from '../../config/flagSettings.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';

const policyUses = ['synth', 'diff', 'deploy', 'image'] as const;

export const iamPolicy: Command = {
  usage: 'iam-policy --for synth|diff|deploy|image',
  summary: 'Print the IAM policy with the least rights that a use of i2kit needs',
  description:
    'synth needs none; diff looks only; deploy also changes stacks and what stands beside them; image makes AMIs. It is made of the calls that\n' +
    'the code makes, and, for deploy without --role-arn, of those that CloudFormation makes to manage the types of resources that are used.',
  flags: ['for', 'app', 'env', 'config', 'region', 'account', 'role-arn'],
  examples: [
    ['iam-policy --for diff --env prod', 'For a pull request: looks, and changes nothing'],
    ['iam-policy --for deploy --app shop --region eu-west-1 --account 123456789012', 'For the pipeline of one app'],
    [
      'iam-policy --for deploy --role-arn arn:aws:iam::123456789012:role/stacks',
      'Where CloudFormation has a role of its own',
    ],
  ],
  run,
};

async function run(context: Context) {
  const { io, values } = context;
  const use = policyUses.find((each) => each === values.for);
  if (use === undefined) return reportUsageError(io, '--for takes synth, diff, deploy or image.', 'iam-policy');
  if (values.account !== undefined && !/^\d{12}$/.test(values.account))
    return reportUsageError(io, '--account takes 12 digits.', 'iam-policy');
  const file = await readConfig(io, values.config);
  const over = flagSettings(io.env, values);
  const config = mergedConfig(file.config, over.config);
  const problems = [...file.problems, ...over.problems];
  if (problems.length > 0) {
    reportDiagnostics(context, await context.compiler(), problems, file.source ? [file.source] : []);
    return exit.input;
  }
  const { app, env = defaultEnv, roleArn, hostedZone } = config;
  const region = regionOf(io, { config });
  const zoneRole = typeof hostedZone === 'object' ? hostedZone.roleArn : undefined;
  return (await context.aws()).iamPolicy(context, {
    use,
    env,
    ...(app !== undefined && { app }),
    ...(region !== undefined && { region }),
    ...(values.account !== undefined && { account: values.account }),
    ...(roleArn !== undefined && { roleArn }),
    ...(zoneRole !== undefined && { zoneRole }),
  });
}
