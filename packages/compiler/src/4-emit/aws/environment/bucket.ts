// The environment's bucket for data too large for a template: machine payloads, and templates over 51,200 bytes.

import type { Document } from '../../../resourceTypes.ts';
import { getAtt, join, ref, type Value } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags } from './emitter.ts';
import * as ids from './logicalIds.ts';

/** Days until replaced or deleted versions expire. */
const noncurrentVersionDays = 30;

/** The bucket's name, created or existing; undefined if there is none. */
export function bucketName({ config, existing: found }: Environment): Value<string> | undefined {
  if (config.bucket === false) return undefined;
  return typeof config.bucket === 'string' ? config.bucket : (found.bucket ?? ref(ids.bucket));
}

export const bucket: EnvironmentEmitter = (environment) => {
  // The owner of an existing bucket controls its contents and lifecycle.
  if (typeof bucketName(environment) !== 'object') return {};
  return {
    resources: {
      [ids.bucket]: {
        Type: 'AWS::S3::Bucket',
        Metadata: originMetadata(environment),
        // Running machines read it at every boot; it is deleted only if its creation failed.
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

/** Payloads never expire: a machine that boots in a year reads the payload of its launch template. */
const lifecycleRules = (env: string) => [
  {
    Id: 'versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: noncurrentVersionDays },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  // CloudFormation keeps its own copy of a template once the change set exists.
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
