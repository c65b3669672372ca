// Which events are shown: of nested stacks too, each once, the newest of them.
import { fetchEvents, type StackEvent } from '../../../src/commands/events/fetch.ts';

type Port = Parameters<typeof fetchEvents>[0];
const arn = (name: string) => `arn:aws:cloudformation:eu-west-1:1:stack/${name}/1`;

const of = (stack: string, id: string, second: number, more: Partial<StackEvent> = {}): StackEvent => ({
  StackId: arn(stack),
  EventId: id,
  Timestamp: new Date(second * 1_000),
  LogicalResourceId: id,
  ...more,
});
const nested = (id: string, second: number, name: string) =>
  of('top', id, second, { ResourceType: 'AWS::CloudFormation::Stack', PhysicalResourceId: arn(name) });

/** Pages, newest first, by the name or the ARN of a stack; `asked` counts them. */
function portOf(stacks: Readonly<Record<string, readonly (readonly StackEvent[])[]>>) {
  const asked: string[] = [];
  const describeStackEvents: Port['describeStackEvents'] = async ({ StackName = '', NextToken = '0' }) => {
    asked.push(`${StackName} ${NextToken}`);
    const pages = stacks[StackName];
    if (!pages)
      throw Object.assign(new Error(`Stack [${StackName}] does not exist`), {
        name: 'ValidationError',
        $fault: 'client',
      });
    const next = Number(NextToken) + 1;
    return {
      StackEvents: [...(pages[Number(NextToken)] ?? [])],
      ...(next < pages.length && { NextToken: String(next) }),
    };
  };
  return { port: { describeStackEvents } as unknown as Port, asked };
}

const ids = (all: readonly StackEvent[] | undefined) => all?.map(({ EventId }) => EventId);
const all = Number.POSITIVE_INFINITY;

test('pages are put together, oldest first; what has moved onto the next page is told once', async () => {
  const { port } = portOf({
    top: [[of('top', 'd', 4), of('top', 'c', 3)], [of('top', 'c', 3), of('top', 'b', 2)], [of('top', 'a', 1)]],
  });
  expect(ids(await fetchEvents(port, 'top', all))).toEqual(['a', 'b', 'c', 'd']);
});

test('no page is read that the limit does not need', async () => {
  const { port, asked } = portOf({
    top: [[of('top', 'd', 4), of('top', 'c', 3)], [of('top', 'b', 2)], [of('top', 'a', 1)]],
  });
  expect(ids(await fetchEvents(port, 'top', 3))).toEqual(['b', 'c', 'd']);
  expect(asked).toEqual(['top 0', 'top 1']);
});

test('nested stacks are among them by their time, at every depth, and one that is gone is left out', async () => {
  const inner = of('in', 'in1', 3, { ResourceType: 'AWS::CloudFormation::Stack', PhysicalResourceId: arn('deep') });
  const own = of('in', 'in2', 5, { ResourceType: 'AWS::CloudFormation::Stack', PhysicalResourceId: arn('in') });
  const { port, asked } = portOf({
    top: [[nested('n3', 7, 'gone'), nested('n2', 6, 'in'), nested('n1', 2, 'in'), of('top', 'a', 1)]],
    [arn('in')]: [[own, inner]],
    [arn('deep')]: [[of('deep', 'deep1', 4)]],
  });
  expect(ids(await fetchEvents(port, 'top', all))).toEqual(['a', 'n1', 'in1', 'deep1', 'in2', 'n2', 'n3']);
  expect(asked.filter((each) => each.startsWith(arn('in')))).toHaveLength(1);
  expect(ids(await fetchEvents(port, 'top', 2))).toEqual(['n2', 'n3']);
});

test('there is no such stack', async () => {
  expect(await fetchEvents(portOf({}).port, 'top', all)).toBeUndefined();
});
