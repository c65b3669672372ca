// `i2kit iam-policy`: prints a least-privilege IAM policy; makes no AWS calls.

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
  summary: 'Print a least-privilege IAM policy',
  description:
    'synth needs no permissions; diff only reads; deploy also changes stacks and their side effects; image ' +
    'creates AMIs. The policy lists the calls that i2kit makes and, for deploy without --role-arn, the calls that ' +
    'CloudFormation makes to manage the resource types in use.',
  flags: ['for', 'app', 'env', 'config', 'region', 'account', 'role-arn'],
  examples: [
    ['iam-policy --for diff --env prod', 'For a pull request: read-only'],
    ['iam-policy --for deploy --app shop --region eu-west-1 --account 123456789012', 'For the pipeline of one app'],
    ['iam-policy --for deploy --role-arn arn:aws:iam::123456789012:role/stacks', 'If CloudFormation has its own role'],
  ],
  run,
};

async function run(context: Context) {
  const { io, values } = context;
  const use = policyUses.find((each) => each === values.for);
  if (use === undefined) return reportUsageError(io, '--for takes synth, diff, deploy or image.', 'iam-policy');
  if (values.account !== undefined && !/^\d{12}$/.test(values.account))
    return reportUsageError(io, '--account takes an account id of 12 digits.', 'iam-policy');
  const file = await readConfig(io, values.config);
  const over = flagSettings(io.env, values);
  const config = mergedConfig(file.config, over.config);
  const problems = [...file.problems, ...over.problems];
  if (problems.length > 0) {
    reportDiagnostics(context, await context.compiler(), problems, file.source ? [file.source] : []);
    return exit.input;
  }
  const {
    app,
    env = defaultEnv,
    roleArn,
    hostedZone,
    permissionsBoundary,
    stackSet: { administrationRoleArn: administrationRole } = {},
  } = config;
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
    ...(administrationRole !== undefined && { administrationRole }),
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
  });
}
