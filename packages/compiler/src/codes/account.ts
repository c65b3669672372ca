// Codes 76x: conflicts between the AWS account and the input, looked up before anything is written.
import { defineCodes } from './codeEntry.ts';

export const accountCodes = defineCodes({
  I2K760: {
    severity: 'error',
    title: 'Secret missing in the account',
    explanation:
      'A machine that refers to it would not boot. Create it with `i2kit secrets push`, or make the reference optional. Its name in Secrets Manager is `i2kit/<env>/<namespace>/<name>`.',
  },
  I2K761: {
    severity: 'error',
    title: 'Secret version missing in the account',
    explanation:
      'The lock file names a version that Secrets Manager does not have. `i2kit secrets push` writes the current one into the lock file.',
  },
  I2K762: {
    severity: 'error',
    title: 'Service without a workload',
    explanation:
      "Its selector matches no workload of the input, and no machine group of another stack of the environment that listens on the Service's ports. Compare the selector with their labels, or remove the Service.",
  },
  I2K763: {
    severity: 'error',
    title: 'Context differs from the account',
    explanation:
      'i2kit.context.json holds the addresses of Services in other stacks. It is missing or outdated. Run `i2kit context`, and review the changes.',
  },
  I2K764: {
    severity: 'error',
    title: 'DNS name in use',
    explanation:
      'A record of this name exists and does not belong to this stack: replacing it would break its users. Rename the object, delete the record, or pass `--take-name NAME`.',
  },
  I2K765: {
    severity: 'error',
    title: 'Secret too large',
    explanation:
      'A secret in Secrets Manager holds 65,536 bytes, including its keys, and its values in base64. Split it.',
  },
  I2K766: {
    severity: 'error',
    title: 'Service variables of a namespace too large',
    explanation:
      'The variables of all Services of a namespace are one parameter of at most 8,192 bytes. Spread the Services over several namespaces. Their DNS names work in any case.',
  },
});
