// `i2kit diff`: the effects of the manifests on machines, data, network, permissions and cost.

import { loadBase } from '../comparison/base.ts';
import { reviewsOf } from '../comparison/reviews.ts';
import { compileOrReport } from '../comparison/stacks.ts';
import type { Command, Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import type { Reviewer, StackReview } from '../ports/review.ts';
import { awsFlags, compileFlags, inputFlags } from './shared/flagGroups.ts';

const diffFormats = ['text', 'json', 'md', 'html'] as const;

export const diff: Command = {
  usage: 'diff -f FILE …',
  summary: 'Show changes: machines, data, network, permissions and cost',
  description:
    'Compares the compiled manifests with the deployed stack, or without an account (--against) with a commit or ' +
    'a directory of templates. Exit code 0 without differences, 1 with differences (--exit-zero: 0). Changes ' +
    'nothing.',
  flags: [...inputFlags, ...compileFlags, 'against', 'output', 'exit-zero', ...awsFlags],
  outputFormats: diffFormats,
  examples: [
    ['diff -f manifests/', 'Against the deployed stack'],
    ['diff -f manifests/ --against git:origin/main', 'Against another branch; needs no account'],
    ['diff -f manifests/ --against git:HEAD -o md', 'As a comment of a pull request'],
    ['diff -f manifests/ --against out -o html > review.html', 'Against the output of `synth -d out`, as a page'],
  ],
  run,
};

async function run(context: Context): Promise<ExitCode> {
  const { io, values } = context;
  const compiled = await compileOrReport(context);
  if (!compiled.ok) return compiled.problems[0];
  const base = await loadBase(context, values.against ?? 'stack', compiled.value);
  if (!base.ok) return base.problems[0];
  const reviewer = await context.reviewer();
  const reviews = reviewsOf(reviewer, base.value, compiled.value);
  io.stdout.write(await renderReviews(context, reviewer, reviews));
  return values['exit-zero'] || reviews.every(({ effects }) => effects.length === 0) ? exit.fine : exit.differs;
}

async function renderReviews(context: Context, reviewer: Reviewer, reviews: readonly StackReview[]): Promise<string> {
  const { io, values, color } = context;
  const { reviewJson: json, reviewMarkdown: markdown, htmlPage: html, reviewText: text } = reviewer;
  switch (values.output) {
    case 'json':
      return `${JSON.stringify(json(reviews), null, 2)}\n`;
    case 'md':
      return markdown(reviews);
    case 'html':
      return html(reviews, { diagrams: await renderDiagrams(context, reviewer, reviews) });
    default:
      return reviews
        .map((review) => text(review, { columns: Math.max(80, io.stdout.columns ?? 100), color, hunks: true }))
        .join('\n');
  }
}

/** The new side, by stack. */
async function renderDiagrams(
  context: Context,
  { dot, graphOfTemplate: graphIn }: Reviewer,
  reviews: readonly StackReview[],
): Promise<Record<string, string>> {
  const { drawSvg: svg } = await context.drawing();
  const diagrams: Record<string, string> = {};
  for (const { stack, comparison } of reviews) {
    const graph = graphIn(stack, comparison.after);
    if (graph.nodes.length > 0) diagrams[stack] = await svg(dot([graph]), stack);
  }
  return diagrams;
}
