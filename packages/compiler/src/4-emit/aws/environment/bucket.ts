// The bucket of what is too large for a template's text: payloads of machines, and templates over 51,200 bytes.
import { getAtt, join, ref, type Value } from '../../../template.ts';
import type { Document } from '../types.ts';
import { type Concern, type Environment, originOf, tags } from './concern.ts';
import * as ids from './ids.ts';

/** Days after which a version that was replaced or deleted is gone for good. */
const undoDays = 30;

/** The bucket, made or the user's own; undefined where there must be none. */
export function bucketName({ config, found }: Environment): Value<string> | undefined {
  if (config.bucket === false) return undefined;
  return typeof config.bucket === 'string' ? config.bucket : (found.bucket ?? ref(ids.bucket));
}

export const bucket: Concern = (environment) => {
  // What is in one's own bucket, and for how long, is one's own to say.
  if (typeof bucketName(environment) !== 'object') return {};
  return {
    resources: {
      [ids.bucket]: {
        Type: 'AWS::S3::Bucket',
        Metadata: originOf(environment),
        // Machines that run read it when they boot again; only one that never came to be may go.
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
          LifecycleConfiguration: { Rules: lifecycle(environment.env) },
          Tags: tags(environment, 'artifacts'),
        },
      },
      [ids.bucketPolicy]: {
        Type: 'AWS::S3::BucketPolicy',
        Metadata: originOf(environment),
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: { Bucket: ref(ids.bucket), PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      },
    },
    outputs: { Bucket: { Description: 'Payloads and templates', Value: ref(ids.bucket) } },
  };
};

/** Payloads stay for as long as nothing deletes them: a machine that boots in a year reads the one of its launch template. */
const lifecycle = (env: string) => [
  {
    Id: 'versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: undoDays },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  // CloudFormation keeps its own copy of a template once a change set is made.
  { Id: 'templates', Status: 'Enabled', Prefix: `i2kit/${env}/templates/`, ExpirationInDays: undoDays },
];

const everything: Document = [getAtt(ids.bucket, 'Arn'), join('', [getAtt(ids.bucket, 'Arn'), '/*'])];

const deny = (Sid: string, Condition: Document): Document => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: everything,
  Condition,
});

const statements: Document = [
  deny('TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }),
  deny('Tls12OrNewer', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
];
