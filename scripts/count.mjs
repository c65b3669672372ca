// Prints `N passed, N failed` from jest's JSON report: the closing line of .ci/run.
import { readFileSync } from 'node:fs';

const [, , report, status] = process.argv;
const read = () => {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };
  }
};
const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = read();
const failed = numFailedTests + numRuntimeErrorTestSuites;
// A run that failed without a failed test (a build, a set-up step) counts as one failure.
const told = status === '0' ? failed : Math.max(1, failed);
console.log(`${numPassedTests} passed, ${told} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`);
