// Service variables that no parameter can hold.
import type { Diagnostic } from '@i2kit/compiler';
import { parameterLimit, parametersPort, type SdkOptions, variableChanges, variablesPath } from '@i2kit/runner';
import type { Demands } from '../../aws-ports.ts';
import { problem } from '../../problem.ts';

export async function variableProblems(
  sdk: SdkOptions,
  { plan, options }: Pick<Demands, 'plan' | 'options'>,
): Promise<readonly Diagnostic[]> {
  if (Object.keys(plan.serviceVariables).length === 0) return [];
  const port = await parametersPort(sdk);
  try {
    const there = await port.below(variablesPath(options.env));
    const { put } = variableChanges(there, { env: options.env, app: options.app, variables: plan.serviceVariables });
    return put.flatMap(([name, value]) =>
      Buffer.byteLength(value) <= parameterLimit
        ? []
        : [
            problem('I2K766', `the service variables ${name} take ${Buffer.byteLength(value)} bytes, over ${parameterLimit}`, {
              source: '-f',
              hint: 'spread the Services over namespaces',
            }),
          ],
    );
  } finally {
    port.close();
  }
}
