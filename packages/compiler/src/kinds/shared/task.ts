// Pods that run to their end.

/** CloudFormation waits twelve hours for a resource's signal: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-creationpolicy.html */
export const MOST_SECONDS = 12 * 3600;
