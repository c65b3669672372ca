// The grants of resources: roles, policies and what they are attached to. An unknown property is unreadable.
import { isObject, type Json } from '@i2kit/common';
import { isList, type Resource } from '../template.ts';
import { type Grant, single } from './grants.ts';
import { anything, exactly } from './patterns.ts';
import { documentGrants, listOf, unreadableGrant } from './policyDocuments.ts';

type PropertyReader = (value: Json, name: string) => readonly Grant[];

const none: PropertyReader = () => [];
const policyDocument: PropertyReader = (value) => documentGrants(value, 'statement');
const trustDocument: PropertyReader = (value) => documentGrants(value, 'trust');

const inlinePolicies: PropertyReader = (value, name) =>
  listOf(value).flatMap((policy) => {
    const plain =
      isObject(policy) && Object.keys(policy).every((key) => key === 'PolicyName' || key === 'PolicyDocument');
    return plain && policy['PolicyDocument'] !== undefined
      ? documentGrants(policy['PolicyDocument'], 'statement')
      : [unreadableGrant(policy, `${name}: `)];
  });

/** Names or references, each a grant by itself; a list that is computed is one. */
const references =
  (kind: 'policy' | 'attachment'): PropertyReader =>
  (value, name) =>
    listOf(value).map((each) => ({
      kind,
      effect: 'Allow',
      action: single(exactly(name)),
      resource: single(exactly(each)),
      principal: single(anything),
    }));

/** Names and texts that give nobody a right. */
const harmless = {
  Tags: none,
  Description: none,
  Path: none,
  PolicyName: none,
  // Widened by its absence: the effect of a role compares it.
  PermissionsBoundary: none,
};
const principal = { ...harmless, Policies: inlinePolicies, ManagedPolicyArns: references('policy') };
const attached = references('attachment');
const standalone = { ...harmless, PolicyDocument: policyDocument };

const readers: Readonly<Record<string, Readonly<Record<string, PropertyReader>>>> = {
  'AWS::IAM::Role': {
    ...principal,
    AssumeRolePolicyDocument: trustDocument,
    RoleName: none,
    MaxSessionDuration: none,
  },
  'AWS::IAM::User': { ...principal, UserName: none, Groups: attached },
  'AWS::IAM::Group': { ...principal, GroupName: none },
  'AWS::IAM::Policy': { ...standalone, Roles: attached, Users: attached, Groups: attached },
  'AWS::IAM::ManagedPolicy': {
    ...standalone,
    ManagedPolicyName: none,
    Roles: attached,
    Users: attached,
    Groups: attached,
  },
  'AWS::IAM::RolePolicy': { ...standalone, RoleName: attached },
  'AWS::IAM::UserPolicy': { ...standalone, UserName: attached },
  'AWS::IAM::GroupPolicy': { ...standalone, GroupName: attached },
  'AWS::S3::BucketPolicy': { ...standalone, Bucket: attached },
  'AWS::SQS::QueuePolicy': { ...standalone, Queues: attached },
  'AWS::SNS::TopicPolicy': { ...standalone, Topics: attached },
};

/** Types without a reader whose every property may grant rights. Instance profiles are compared with the machines that use them. */
const otherTypes =
  /^AWS::IAM::(?!InstanceProfile$)|^AWS::(?!AutoScaling|ApplicationAutoScaling)\w+::\w*(ResourcePolicy|Permission|Grant)$/;

/** True for types that exist to give rights. */
export const isPolicyType = (type: string): boolean => Object.hasOwn(readers, type) || otherTypes.test(type);

export function grantsOf(resource: Resource | undefined): readonly Grant[] {
  if (resource === undefined || !isPolicyType(resource.Type)) return [];
  const reader = Object.hasOwn(readers, resource.Type) ? readers[resource.Type] : undefined;
  return Object.entries(resource.Properties ?? {}).flatMap(([name, value]) => {
    const read = reader && Object.hasOwn(reader, name) ? reader[name] : undefined;
    return read ? read(value, name) : [unreadableGrant(value, `${name}: `)];
  });
}

/** Properties of other resources that hold a policy: of a key, a queue, an endpoint. Their absence may mean that all is allowed. */
export const policyPropertiesOf = (resource: Resource | undefined): ReadonlyMap<string, readonly Grant[]> =>
  new Map(
    Object.entries(isPolicyType(resource?.Type ?? '') ? {} : (resource?.Properties ?? {})).flatMap(([name, value]) =>
      /Policy(Document|Text)?$/.test(name) && (typeof value === 'string' || isDocument(value))
        ? [[name, documentGrants(value, 'statement')] as const]
        : [],
    ),
  );

const isDocument = (value: Json): boolean =>
  isObject(value) &&
  !isList(value) &&
  Object.keys(value).some((key) => key === 'Statement' || /^(Ref$|Fn::)/.test(key));
