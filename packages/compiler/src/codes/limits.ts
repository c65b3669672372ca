// Codes 6xx: limits of AWS.
import { defineCodes } from './codeEntry.ts';

const WARNING_THRESHOLD =
  'Above the limit it is an error, from 80 % of it a warning. The hint says what takes the room.';

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
    title: 'The payload does not fit into user data',
    explanation:
      "User data holds 16 KB. A larger payload goes through the environment's bucket, and this configuration says `bucket: false`. Allow the bucket, or move large ConfigMaps into the image.",
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
      'AWS takes 50 tags on a resource. Labels that do not fit are left out of the tags; the pod still has them.',
  },
  I2K610: {
    severity: 'error',
    title: 'No instance type holds the pod',
    explanation:
      'A pod runs on one machine. Ask for less, or name an instance type with the annotation `i2kit.dev/instance-type`.',
  },
  I2K611: {
    severity: 'warning',
    title: 'An unknown instance type',
    explanation:
      'i2kit keeps a table of current types that boot its images. Another one is taken as it is written; see that it is built on Nitro, as images boot by UEFI.',
  },
  I2K612: {
    severity: 'error',
    title: 'The instance type is of another architecture',
    explanation: 'A nodeSelector on `kubernetes.io/arch` and the instance type have to agree.',
  },
  I2K613: {
    severity: 'error',
    title: 'The instance type does not boot by UEFI',
    explanation:
      'Images are UEFI images, and older types (t2, for one) boot by BIOS only. Take its successor: t3 for t2, m7i for m4.',
  },
  I2K622: {
    severity: 'error',
    title: 'Two things of one DNS name',
    explanation:
      'A name leads to one place: Route 53 would refuse the second record. Rename one of the objects, or change the host of the Ingress.',
  },
  I2K621: {
    severity: 'error',
    title: 'Names too long for a rule',
    explanation:
      'A rule of an application load balancer matches hosts with patterns of 128 characters. Shorten the name of the Service or of its namespace, or use `i2kit.dev/via: nlb`.',
  },
  I2K609: {
    severity: 'error',
    title: 'A tag is too long',
    explanation: 'Tag keys hold 128 characters and values 256; a label becomes the tag `k8s:<label>`.',
  },
  I2K620: {
    severity: 'error',
    title: 'Too many rules for a load balancer',
    explanation: `An application load balancer has 100 rules; put Ingresses into another group (alb.ingress.kubernetes.io/group.name). ${WARNING_THRESHOLD}`,
  },
});
