// A review as one page that needs nothing else: no script, no font, no request. It opens in a browser, in an archive, and years later.
import type { Effect } from '../effects/effect.ts';
import { shortObjectName } from '../phrases.ts';
import type { StackReview } from '../review.ts';
import { verdict } from '../verdict.ts';
import { changeLines } from './changeLines.ts';
import { costSentence } from './cost.ts';
import { pageStyle } from './pageStyle.ts';

export interface PageOptions {
  /** SVG of what there is afterwards, by stack; ours, and trusted. */
  readonly diagrams?: Readonly<Record<string, string>>;
}

export function htmlPage(reviews: readonly StackReview[], { diagrams = {} }: PageOptions = {}): string {
  const title = reviews.length === 1 ? `i2kit: ${reviews[0]?.stack}` : 'i2kit: review';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>What would change</h1></header>
<main>
${reviews.map((review) => stackSection(review, diagrams[review.stack])).join('\n')}
</main>
</body>
</html>
`;
}

function stackSection(review: StackReview, diagram: string | undefined): string {
  const { stack, effects } = review;
  const objects = [...new Set(effects.map(({ object }) => object))];
  const estimate = costSentence(review);
  return `<section aria-labelledby="${anchorId(stack)}">
<h2 id="${anchorId(stack)}">${escapeHtml(stack)}</h2>
<p class="verdict">${escapeHtml(verdict(review)).replace(/([A-Z]{3,}) /g, '$1&nbsp;')}</p>
${objects.map((object) => objectArticle(review, object)).join('\n')}
${estimate ? `<p class="estimate">${escapeHtml(estimate)}</p>` : ''}
${diagram ? `<h3>What there is afterwards</h3>\n<figure tabindex="0" role="group" aria-label="Diagram of ${escapeHtml(stack)}">${withoutNamespaces(diagram)}</figure>` : ''}
</section>`;
}

function objectArticle({ effects, places, stack }: StackReview, object: string): string {
  const place = places[object];
  const where = place ? ` <small>${escapeHtml(`${place.file}:${place.line}`)}</small>` : '';
  const items = effects.filter((effect) => effect.object === object).map(effectItem);
  return `<article>
<h3>${escapeHtml(shortObjectName(object) || stack)}${where}</h3>
<ul>
${items.join('\n')}
</ul>
</article>`;
}

function effectItem(effect: Effect): string {
  const line = `<span class="verb ${effect.verb.toLowerCase()}">${effect.verb}</span> <span>${escapeHtml(effect.text)}</span>`;
  const guarded = effect.guard ? ` <strong class="guard">${guardTexts[effect.guard]}</strong>` : '';
  const lines = changeLines(effect);
  if (lines.length === 0) return `<li>${line}${guarded}</li>`;
  const changes = lines.map((each) => `<span class="${lineClass(each)}">${escapeHtml(each)}</span>`).join('\n');
  return `<li><details${effect.guard ? ' open' : ''}><summary>${line}${guarded}</summary><pre tabindex="0">${changes}</pre></details></li>`;
}

const guardTexts = {
  data: 'data would be lost',
  address: 'the address changes',
  rights: 'rights widen',
  network: 'network opens',
  fails: 'CloudFormation refuses',
} as const;

/** Namespaces belong to a file of its own; a page knows them. */
const withoutNamespaces = (svg: string): string => svg.replace(/ xmlns(:\w+)?="[^"]*"/g, '');

const lineClass = (line: string): string => (line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : 'other');

const anchorId = (stack: string): string => `stack-${stack.replace(/[^\w-]/g, '-')}`;

/** Manifests are written by contributors: nothing of theirs becomes markup. */
const escapeHtml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
