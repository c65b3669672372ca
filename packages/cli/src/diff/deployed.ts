// What is deployed: the templates that the stacks have now.
import { exit } from '../exit.ts';
import { messageOf } from '../io.ts';
import type { Template } from '../review-ports.ts';
import { harmless } from '../text.ts';
import type { Base } from './base.ts';
import type { SideOfStack } from './stacks.ts';

export const deployedBase: Base = async (context, head) => {
  const aws = await context.aws();
  const stacks = new Map<string, SideOfStack>();
  for (const name of head.stacks.keys()) {
    const found = await aws.deployed(context, { stackName: name, region: head.region });
    if ('wrong' in found) return { wrong: found.wrong, code: exit.failed };
    if (found.template === undefined) continue;
    try {
      stacks.set(name, { template: JSON.parse(found.template) as Template, ...(found.parameters && { parameters: found.parameters }) });
    } catch (error) {
      return { wrong: `The template of ${harmless(name)} is not JSON, and so not ours: ${harmless(messageOf(error))}.` };
    }
  }
  return { stacks, places: {} };
};
