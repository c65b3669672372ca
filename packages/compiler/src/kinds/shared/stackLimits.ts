// Limits of CloudFormation that rules and emitters share.

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const maxStackResources = 500;
