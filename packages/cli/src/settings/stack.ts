// What the configuration says of stacks themselves, whatever is in them.
import type { Config } from '@i2kit/compiler';

export interface StackSettings {
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
}

export const stackSettings = ({ roleArn, notificationArns }: Config): StackSettings => ({
  ...(roleArn !== undefined && { roleArn }),
  ...(notificationArns !== undefined && { notificationArns }),
});
