// Compares the results of runs with the true events: the four invariants, exit codes and messages.
import { dataLossRiskOf, exitCodeOf, inputHash, templateHash } from '../../src/index.ts';
import type { Expectation, FaultRow } from './faultHook.ts';
import type { Play, PlayedRun } from './play.ts';
import { type Scenario, stackName, tags } from './scenarios.ts';
import { plantedReason } from './stackEngine.ts';

const successStatus = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/** Every violation, as text; empty if there is none. */
export function violationsOf(play: Play, scenario: Scenario, row?: FaultRow): readonly string[] {
  const wrong: string[] = [];
  const say = (text: string): void => void wrong.push(text);
  for (const run of play.runs) {
    if (run.thrown !== undefined) say(`${run.name} threw ${String((run.thrown as Error).stack ?? run.thrown)}`);
    checkSuccess(play, run, scenario, say);
    checkClaims(play, run, say);
  }
  checkOnlyReviewed(play, scenario, say);
  checkNoDataLoss(play, scenario, say);
  checkExits(play, scenario, row, say);
  checkEventsToldOnce(play, say);
  if (play.lapses > 0) say('the lease ran out while its holder lived');
  if (play.pauses.some((ms) => ms > 15_000)) say('a pause was longer than 15 s');
  return wrong;
}

/** I1: success only if that ARN reached it, for this run's token. */
function checkSuccess(play: Play, run: PlayedRun, scenario: Scenario, say: (text: string) => void): void {
  const { result } = run;
  if (!result || (result.outcome !== 'succeeded' && result.outcome !== 'unchanged')) return;
  // Without the rights to read machines a run does not wait for them.
  if (!run.serves && !['sizes', 'targetHealth'].includes(play.aim))
    say(`I1: ${run.name} says ${result.outcome}, and machines are missing`);
  if (scenario.asksDeletion) {
    const there = play.it.stacks.find((stack) => stack.stackId === result.stackId);
    if (there && run.stack?.status !== 'DELETE_COMPLETE' && run.stack?.stackId === there.stackId)
      say(`I1: ${run.name} says deleted, and it is ${run.stack?.status}`);
    return;
  }
  if (scenario.name === 'recover') {
    if (
      !play.it.journal
        .slice(0, run.to)
        .some((fact) => fact.kind === 'ended' && fact.status === 'UPDATE_ROLLBACK_COMPLETE')
    )
      say(`I1: ${run.name} says recovered, and it is ${run.stack?.status}`);
    return;
  }
  const wanted = templateHash(requestedTemplateOf(play) ?? '');
  if (result.outcome === 'unchanged') {
    if (templateHash(run.stack?.template ?? '') !== wanted || !/_COMPLETE$/.test(run.stack?.status ?? ''))
      say(`I1: ${run.name} says unchanged, and it is ${run.stack?.status}`);
    return;
  }
  const ended = play.it.journal
    .slice(0, run.to)
    .filter(
      (fact) =>
        fact.kind === 'ended' &&
        fact.stackId === result.stackId &&
        successStatus.test(fact.status) &&
        templateHash(fact.template) === wanted,
    );
  if (ended.length === 0) say(`I1: ${run.name} says ${result.message}, which never came true`);
}

/** The template of the run's change sets. */
function requestedTemplateOf(play: Play): string | undefined {
  const create = play.calls.find((call) => call.api === 'createChangeSet');
  return create?.input['TemplateBody'] as string | undefined;
}

/** I2: exactly the reviewed change is executed, once; after a lost response it is looked up before it is sent again. */
function checkOnlyReviewed(play: Play, scenario: Scenario, say: (text: string) => void): void {
  const wanted = requestedTemplateOf(play);
  const described = wanted && `sha256:${inputHash({ stackName, template: wanted, parameters: { Size: '2' }, tags })}`;
  const tokens = new Map<unknown, unknown>();
  let lost: string | undefined;
  for (const call of play.calls) {
    if (call.api === 'createChangeSet' && !String(call.input['Description']).endsWith(described ?? '-'))
      say('I2: a change set is not bound to the input');
    if (call.run !== lost?.split('|')[0] || /^(describeChangeSet|describeStacks)$/.test(call.api)) lost = undefined;
    if (call.api !== 'executeChangeSet') continue;
    const { ChangeSetName, ClientRequestToken } = call.input;
    if (!String(ChangeSetName).startsWith('arn:')) say('I2: a change set is executed by name');
    if (tokens.has(ChangeSetName) && tokens.get(ChangeSetName) !== ClientRequestToken)
      say('I2: a change set is executed with two tokens');
    tokens.set(ChangeSetName, ClientRequestToken);
    if (lost !== undefined) say('I2: an execution is sent again without a look');
    if (call.lost) lost = `${call.run}|`;
  }
  const executed = play.journal.filter((fact) => fact.kind === 'executed' && fact.by !== 'other');
  for (const fact of executed)
    if (fact.kind === 'executed' && templateHash(fact.template) !== templateHash(wanted ?? ''))
      say('I2: another template was executed');
  if (new Set(executed.map((fact) => fact.kind === 'executed' && fact.changeSetId)).size !== executed.length)
    say('I3: a change set was executed twice');
  if (
    scenario.name === 'no-op' &&
    executed.length > 0 &&
    !play.journal.some((fact) => fact.kind === 'executed' && fact.by === 'other') &&
    play.it.stacks.length === 1
  )
    say('I2: a no-op executed something');
}

/** I4: nothing that holds data is deleted without permission, and only stacks whose creation failed are deleted. */
function checkNoDataLoss(play: Play, scenario: Scenario, say: (text: string) => void): void {
  if (scenario.asksDeletion) return;
  for (const fact of play.journal) {
    if (fact.kind === 'destroyed' && dataLossRiskOf(fact.type) && fact.why !== 'rollback')
      say(`I4: ${fact.logicalId} (${fact.type}) was destroyed`);
    if (
      fact.kind === 'delete-begun' &&
      fact.by !== 'other' &&
      !/^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED)$/.test(fact.from)
    )
      say(`I4: a stack in ${fact.from} was deleted`);
  }
}

/** Each event is reported once, and a change set that cannot be executed is deleted. */
function checkEventsToldOnce(play: Play, say: (text: string) => void): void {
  for (const run of play.runs) {
    const ids = run.events.flatMap((event) => (event.code === 'I2K821' ? [event.data.eventId] : []));
    if (new Set(ids).size !== ids.length) say(`${run.name} tells an event twice`);
  }
  const first = play.runs[0];
  const stays =
    play.runs.length === 2 &&
    first?.result?.outcome === 'unchanged' &&
    !first.events.some((event) => event.code === 'I2K807');
  if (stays && play.it.changeSets.some((each) => each.status === 'FAILED'))
    say('a change set that cannot be executed stays');
}

/** The result's claim is true. */
function checkClaims(play: Play, run: PlayedRun, say: (text: string) => void): void {
  const { result } = run;
  if (!result) return;
  const mine = play.it.journal
    .slice(run.from, run.to)
    .filter((fact) => (fact.kind === 'executed' || fact.kind === 'delete-begun') && fact.by === run.name);
  const nothing =
    (result.outcome === 'refused' && result.reason !== 'obsolete') ||
    /Nothing was (started|written|deleted)/.test(result.message);
  const after = /nothing else was started/.test(result.message)
    ? mine.filter((fact) => fact.kind !== 'delete-begun')
    : mine;
  if (nothing && after.length > 0) say(`truth: ${run.name} says "${result.message}", and ${after[0]?.kind} happened`);
  if (
    /is still running/.test(result.message) &&
    mine.length === 0 &&
    !/attach|watching/i.test(run.events.map((each) => each.message).join(' '))
  ) {
    const recovering = play.calls.some(
      (call) => call.run === run.name && call.api === 'continueUpdateRollback' && !call.failed,
    );
    const watched =
      run.stack && (/_IN_PROGRESS$/.test(run.stack.status) || play.journal.some((fact) => fact.kind === 'ended'));
    if (!recovering && !watched) say(`truth: ${run.name} says still running, and nothing was begun`);
  }
  if ((result.outcome === 'running' || result.outcome === 'interrupted') && !result.resume)
    say('truth: no command to go on with');
  if (result.cause && /cancel/i.test(result.cause.reason)) say(`truth: the cause is a victim: ${result.cause.reason}`);
  // Diagnostics of machines are best effort.
  const unsaid =
    result.cause?.status === 'NOT_READY' && (play.aim === 'group' || result.cause.reason.endsWith(plantedReason));
  if (result.cause && result.cause.reason !== plantedReason && !unsaid)
    say(`truth: another cause: ${result.cause.reason}`);
}

function checkExits(play: Play, scenario: Scenario, row: FaultRow | undefined, say: (text: string) => void): void {
  const base: Expectation = { exits: [scenario.exit], says: scenario.says };
  const expected = row?.expect?.({ scenario, aim: play.aim, begun: play.begun, over: play.over }) ?? base;
  const told = row?.rerunAfterMs === undefined ? play.runs[0] : play.runs[1];
  const result = told?.result;
  if (!result) {
    say('no result');
    return;
  }
  const code = exitCodeOf(result);
  const again = row?.rerunAfterMs !== undefined && scenario.exit === 0;
  if (!expected.exits.includes(code)) say(`exit ${code}, expected ${expected.exits.join(' or ')}: ${result.message}`);
  else if (expected.says && !again && !expected.says.test(`${result.message} ${result.hint ?? ''}`))
    say(`message: ${result.message}`);
  const last = play.runs.at(-1);
  const final = row?.finally?.({ scenario, aim: play.aim, begun: play.begun, over: play.over }) ?? [scenario.exit];
  if (!last?.result) {
    say('I3: the last run has no result');
    return;
  }
  if (!final.includes(exitCodeOf(last.result)))
    say(`I3: run again, exit ${exitCodeOf(last.result)}, expected ${final.join(' or ')}: ${last.result.message}`);
  const stack = play.it.stacks.find((each) => each.stackId === last.result?.stackId);
  if (
    !row?.finally &&
    scenario.wanted !== undefined &&
    templateHash(stack?.template ?? '') !== templateHash(scenario.wanted) &&
    !play.journal.some((fact) => fact.kind === 'executed' && fact.by === 'other')
  ) {
    say(`I3: run again, and the stack is not what it should be (${stack?.status})`);
  }
}
