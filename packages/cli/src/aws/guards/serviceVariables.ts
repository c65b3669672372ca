// Refuses service variables that are too large for a parameter.
import type { Diagnostic } from '@i2kit/compiler';
import {
  type DesiredVariables,
  maxParameterBytes,
  parameterChangesFor,
  parametersAdapter,
  type SdkOptions,
  serviceVariablesPath,
} from '@i2kit/runner';
import { diagnosticAt } from '../../diagnostic.ts';

export async function checkServiceVariables(
  sdk: SdkOptions,
  { source, ...wanted }: DesiredVariables & { readonly source: string },
): Promise<readonly Diagnostic[]> {
  if (Object.keys(wanted.variables).length === 0) return [];
  const port = await parametersAdapter(sdk);
  try {
    const there = await port.listBelow(serviceVariablesPath(wanted.env));
    const { put } = parameterChangesFor(there, wanted);
    return put.flatMap(([name, value]) =>
      Buffer.byteLength(value) <= maxParameterBytes
        ? []
        : [
            diagnosticAt(
              'I2K766',
              `the service variables ${name} have ${Buffer.byteLength(value)} bytes, over the limit of ` +
                `${maxParameterBytes}`,
              {
                source,
                hint: 'Spread the Services over several namespaces.',
              },
            ),
          ],
    );
  } finally {
    port.close();
  }
}
