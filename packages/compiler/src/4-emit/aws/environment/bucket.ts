// The bucket of what is too large for a template's text: payloads of machines, and templates over 51,200 bytes.

import type { Document } from '../../../resourceTypes.ts';
import { getAtt, join, ref, type Value } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags } from './emitter.ts';
import * as ids from './logicalIds.ts';

/** Days after which a version that was replaced or deleted is gone for good. */
const noncurrentVersionDays = 30;

/** The bucket, made or the user's own; undefined where there must be none. */
export function bucketName({ config, existing: found }: Environment): Value<string> | undefined {
  if (config.bucket === false) return undefined;
  return typeof config.bucket === 'string' ? config.bucket : (found.bucket ?? ref(ids.bucket));
}

export const bucket: EnvironmentEmitter = (environment) => {
  // What is in one's own bucket, and for how long, is one's own to say.
  if (typeof bucketName(environment) !== 'object') return {};
  return {
    resources: {
      [ids.bucket]: {
        Type: 'AWS::S3::Bucket',
        Metadata: originMetadata(environment),
        // Machines that run read it when they boot again; only one that never came to be may go.
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
          LifecycleConfiguration: { Rules: lifecycleRules(environment.env) },
          Tags: tags(environment, 'artifacts'),
        },
      },
      [ids.bucketPolicy]: {
        Type: 'AWS::S3::BucketPolicy',
        Metadata: originMetadata(environment),
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: { Bucket: ref(ids.bucket), PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      },
    },
    outputs: { Bucket: { Description: 'Payloads and templates', Value: ref(ids.bucket) } },
  };
};

/** Payloads stay for as long as nothing deletes them: a machine that boots in a year reads the one of its launch template. */
const lifecycleRules = (env: string) => [
  {
    Id: 'versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: noncurrentVersionDays },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  // CloudFormation keeps its own copy of a template once a change set is made.
  { Id: 'templates', Status: 'Enabled', Prefix: `i2kit/${env}/templates/`, ExpirationInDays: noncurrentVersionDays },
];

const bucketArns: Document = [getAtt(ids.bucket, 'Arn'), join('', [getAtt(ids.bucket, 'Arn'), '/*'])];

const denyStatement = (Sid: string, Condition: Document): Document => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: bucketArns,
  Condition,
});

const statements: Document = [
  denyStatement('TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }),
  denyStatement('Tls12OrNewer', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
];
