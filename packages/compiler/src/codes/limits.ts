// Codes 6xx: limits of AWS.
import { defineCodes } from './codeEntry.ts';

const WARNING_THRESHOLD =
  'It is an error above the limit, and a warning from 80 % of it. The hint names the largest parts.';

export const limitCodes = defineCodes({
  I2K601: {
    severity: 'error',
    title: 'Too many resources',
    explanation: `A CloudFormation stack holds 500 resources. ${WARNING_THRESHOLD}`,
  },
  I2K602: {
    severity: 'error',
    title: 'Too many parameters',
    explanation: `A CloudFormation template has 200 parameters. ${WARNING_THRESHOLD}`,
  },
  I2K603: {
    severity: 'error',
    title: 'Too many mappings',
    explanation: `A CloudFormation template has 200 mappings. ${WARNING_THRESHOLD}`,
  },
  I2K604: {
    severity: 'error',
    title: 'Too many outputs',
    explanation: `A CloudFormation template has 200 outputs. ${WARNING_THRESHOLD}`,
  },
  I2K605: {
    severity: 'error',
    title: 'The template is too large',
    explanation: `CloudFormation reads templates of up to 1 MB. ${WARNING_THRESHOLD}`,
  },
  I2K606: {
    severity: 'error',
    title: 'User data too large',
    explanation:
      "User data holds 16 KB. A larger payload is stored in the environment's bucket, but this configuration has `bucket: false`. Allow the bucket, or move large ConfigMaps into the container image.",
  },
  I2K607: {
    severity: 'error',
    title: 'Too many security group rules',
    explanation: `A security group has 60 rules. ${WARNING_THRESHOLD}`,
  },
  I2K608: {
    severity: 'warning',
    title: 'Too many tags',
    explanation:
      'AWS allows 50 tags on a resource. Labels beyond that are omitted from the tags; the pod still has them.',
  },
  I2K610: {
    severity: 'error',
    title: 'No instance type is large enough',
    explanation:
      'A pod runs on one machine. Lower the requests, or name an instance type with the annotation `i2kit.dev/instance-type`.',
  },
  I2K611: {
    severity: 'warning',
    title: 'Unknown instance type',
    explanation:
      'i2kit has a table of current types that boot its machine images. Other types are used as written. Check that it is built on Nitro, as machine images boot by UEFI.',
  },
  I2K612: {
    severity: 'error',
    title: 'Instance type of another architecture',
    explanation: 'A nodeSelector on `kubernetes.io/arch` and the instance type must agree.',
  },
  I2K613: {
    severity: 'error',
    title: 'Instance type without UEFI',
    explanation:
      'Machine images boot by UEFI, but older types (such as t2) boot by BIOS only. Use the successor: t3 for t2, m7i for m4.',
  },
  I2K614: {
    severity: 'error',
    title: 'Too many machines',
    explanation:
      'A workload has at most 10,000 machines. Each machine of a StatefulSet or a Job is at least one resource, so that one workload, and an app in one stack, has at most 500 of them, and an app with `stacks: workload` 5,000. Correct the number.',
  },
  I2K622: {
    severity: 'error',
    title: 'DNS name used twice',
    explanation:
      'A name leads to one place: Route 53 would refuse the second record. Rename one of the objects, or change the host of the Ingress.',
  },
  I2K623: {
    severity: 'error',
    title: 'Value that CloudFormation would replace',
    explanation:
      'CloudFormation replaces `{{resolve:…}}` by a parameter or a secret of the account wherever it stands in a template. A value of a manifest, of a setting or of the context file is never template code. Set such a property by `overrides` in i2kit.yaml, which are.',
  },
  I2K624: {
    severity: 'error',
    title: 'Id with other characters than letters and digits',
    explanation:
      'CloudFormation takes ids of letters and digits only. The name from which the id is made, such as a zone of a nodeSelector, does not exist in AWS. Correct the name.',
  },
  I2K621: {
    severity: 'error',
    title: 'Name too long for a listener rule',
    explanation:
      'A listener rule of an application load balancer matches hosts with patterns of at most 128 characters. Shorten the name of the Service or of its namespace, or use `i2kit.dev/via: nlb`.',
  },
  I2K609: {
    severity: 'error',
    title: 'Tag too long',
    explanation: 'Tag keys hold 128 characters and values 256; a label becomes the tag `k8s:<label>`.',
  },
  I2K620: {
    severity: 'error',
    title: 'Too many listener rules',
    explanation: `An application load balancer has 100 listener rules; move Ingresses to another group (alb.ingress.kubernetes.io/group.name). ${WARNING_THRESHOLD}`,
  },
});
