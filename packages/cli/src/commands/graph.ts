// `i2kit graph`: draws machines, load balancers, names, volumes and allowed connections.

import { compileOrReport } from '../comparison/stacks.ts';
import type { Command, Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { compileFlags, inputFlags } from './shared/flagGroups.ts';

const graphFormats = ['mermaid', 'dot', 'svg'] as const;

export const graph: Command = {
  usage: 'graph -f FILE …',
  summary: 'Draw the compiled manifests: machines, load balancers, names, volumes, and allowed connections',
  description:
    'Prints a flowchart as Mermaid (which GitHub renders), DOT or SVG. The same input gives the same bytes. Needs ' +
    'no account.',
  flags: [...inputFlags, ...compileFlags, 'output'],
  outputFormats: graphFormats,
  examples: [
    ['graph -f manifests/', 'For a README, between ```mermaid and ```'],
    ['graph -f manifests/ -o svg > app.svg', 'As a picture'],
    ['graph -f manifests/ -o dot | dot -Tpdf > app.pdf', 'For Graphviz tools'],
  ],
  run,
};

async function run(context: Context): Promise<ExitCode> {
  const { io, values } = context;
  const compiled = await compileOrReport(context);
  if (!compiled.ok) return compiled.problems[0];
  const { graphOf, mermaid, dot } = await context.reviewer();
  const { region, stacks } = compiled.value;
  const graphs = [...stacks].map(([stack, side]) => graphOf(stack, { ...side, ...(region && { known: { region } }) }));
  switch (values.output) {
    case 'dot':
      io.stdout.write(dot(graphs));
      break;
    case 'svg':
      io.stdout.write(
        await (await context.drawing()).drawSvg(dot(graphs), graphs.map(({ stack }) => stack).join(', ')),
      );
      break;
    default:
      io.stdout.write(mermaid(graphs));
  }
  return exit.fine;
}
