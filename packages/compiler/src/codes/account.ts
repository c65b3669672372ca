// Codes 76x: what the AWS account has against the input; looked up before anything is written.
import { defineCodes } from './codeEntry.ts';

export const accountCodes = defineCodes({
  I2K760: {
    severity: 'error',
    title: 'A Secret that is not in the account',
    explanation:
      'A machine that refers to it would not boot. Put it there with `i2kit secrets push`, or let the reference be optional. The name in Secrets Manager is `i2kit/<env>/<namespace>/<name>`.',
  },
  I2K761: {
    severity: 'error',
    title: "A Secret's version that is not in the account",
    explanation:
      'The lock file names a version that Secrets Manager does not keep any more, or never had. `i2kit secrets push` writes the present one into the lock file.',
  },
  I2K762: {
    severity: 'error',
    title: 'A Service that leads nowhere',
    explanation:
      "Its selector matches no workload of the input, and no machine group of another stack of the environment that listens on the Service's ports. Compare it with their labels, or leave the Service out.",
  },
  I2K763: {
    severity: 'error',
    title: 'The context is not what the account holds',
    explanation:
      'i2kit.context.json says where Services of other stacks are, and it is missing, or they have moved. Look them up anew with `i2kit context`, and review what changed.',
  },
  I2K764: {
    severity: 'error',
    title: 'A DNS name that something else has',
    explanation:
      'A record of this name is there, and is not of this stack: to replace it would take the name from whoever uses it. Rename the object, delete the record, or say `--take-name NAME`.',
  },
  I2K765: {
    severity: 'error',
    title: 'A Secret that is too large',
    explanation: 'Secrets Manager holds 65,536 bytes in a secret, with its keys, and its values in base64. Split it.',
  },
  I2K766: {
    severity: 'error',
    title: "A namespace's service variables are too large",
    explanation:
      'The variables of all Services of a namespace are one parameter of at most 8,192 bytes. Spread the Services over namespaces; their DNS names work in any case.',
  },
});
