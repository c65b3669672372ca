// Writes workflow commands, outputs and the summary in the forms that GitHub's runner reads.
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { withoutTrailing } from '@i2kit/common';
import type { Environment } from './inputs.ts';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const workflowCommand =
  (name: string) =>
  (text: string): string =>
    `::${name}::${text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}\n`;

export const errorCommand = workflowCommand('error');
export const warningCommand = workflowCommand('warning');
export const noticeCommand = workflowCommand('notice');

/**
 * Foreign text for the log, in which the runner reads no commands until it sees the token: neither `::name::` at the start of a line nor
 * `##[name]` anywhere in it. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function withoutCommands(text: string): string {
  const token = randomUUID();
  return `::stop-commands::${token}\n${withoutTrailing(text, '\n')}\n::${token}::\n`;
}

/** The delimiter must not be guessable: values contain names that contributors chose. */
export function writeOutputs(
  { GITHUB_OUTPUT: path }: Environment['env'],
  values: Readonly<Record<string, string>>,
): void {
  if (!path) return;
  const end = `end-${randomUUID()}`;
  appendFileSync(
    path,
    Object.entries(values)
      .map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
      .join(''),
  );
}

export function appendSummary({ GITHUB_STEP_SUMMARY: path }: Environment['env'], markdown: string): void {
  if (path) appendFileSync(path, markdown);
}
