// The number that makes machines anew: in each launch template, kept, and counted on.
import { redeployCount, withRedeployCount } from '../../src/review/redeploy.ts';

const template = (TagSpecifications?: object[]) =>
  JSON.stringify({
    Resources: {
      Web: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { ImageId: 'ami-1', ...(TagSpecifications && { TagSpecifications }) } },
      },
      Topic: { Type: 'AWS::SNS::Topic' },
    },
  });

test('0 changes no byte, and a number is read back from where it was put', () => {
  expect(withRedeployCount(template(), 0)).toBe(template());
  const volumes = { ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'web' }] };
  for (const before of [template(), template([volumes]), template([{ ResourceType: 'instance' }, volumes])]) {
    expect(redeployCount(before)).toBe(0);
    const after = withRedeployCount(before, 3);
    expect(redeployCount(after)).toBe(3);
    const { Web, Topic } = JSON.parse(after).Resources;
    expect(Topic).toEqual({ Type: 'AWS::SNS::Topic' });
    expect(Web.Properties.LaunchTemplateData.ImageId).toBe('ami-1');
    const [marked] = Web.Properties.LaunchTemplateData.TagSpecifications.filter(
      (each: { ResourceType: string }) => each.ResourceType === 'volume',
    );
    expect(marked.Tags.at(-1)).toEqual({ Key: 'i2kit:redeploy', Value: '3' });
  }
});

test('what is not ours has been made anew never', () => {
  expect(['', 'AWSTemplateFormatVersion: 2010-09-09', '{}'].map(redeployCount)).toEqual([0, 0, 0]);
});
