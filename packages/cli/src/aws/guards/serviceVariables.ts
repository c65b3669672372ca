// Refuses service variables that are too large for a parameter.
import type { Diagnostic } from '@i2kit/compiler';
import {
  maxParameterBytes,
  parameterChangesFor,
  parametersAdapter,
  type SdkOptions,
  serviceVariablesPath,
} from '@i2kit/runner';
import { diagnosticAt } from '../../diagnostic.ts';
import type { Requirements } from '../../ports/aws.ts';

export async function checkServiceVariables(
  sdk: SdkOptions,
  { plan, options }: Pick<Requirements, 'plan' | 'options'>,
): Promise<readonly Diagnostic[]> {
  if (Object.keys(plan.serviceVariables).length === 0) return [];
  const port = await parametersAdapter(sdk);
  try {
    const there = await port.listBelow(serviceVariablesPath(options.env));
    const { put } = parameterChangesFor(there, {
      env: options.env,
      app: options.app,
      variables: plan.serviceVariables,
    });
    return put.flatMap(([name, value]) =>
      Buffer.byteLength(value) <= maxParameterBytes
        ? []
        : [
            diagnosticAt(
              'I2K766',
              `the service variables ${name} have ${Buffer.byteLength(value)} bytes, over the limit of ` +
                `${maxParameterBytes}`,
              {
                source: '-f',
                hint: 'Spread the Services over several namespaces.',
              },
            ),
          ],
    );
  } finally {
    port.close();
  }
}
