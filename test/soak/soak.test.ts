// A short soak through HTTP: cycles of apply, change and destroy with wire faults and kills break no invariant. `npm run
// soak` runs hundreds.
import { jest } from '@jest/globals';
import { seededRandom } from '../../packages/runner/test/soak/soak.ts';
import { awsClients } from '../awsEmulator/clients.ts';
import { startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { startRequestRecorder } from '../fixtures/requestRecorder.ts';
import { soakEndpoint } from './endpoint.ts';

jest.setTimeout(3_600_000);

const cycles = Number(process.env['I2KIT_SOAK_ENDPOINT_CYCLES'] ?? 3);
const seed = Number(process.env['I2KIT_TEST_SEED'] ?? 1);

const emulator = await startAwsEmulator();
const clients = awsClients(emulator.endpoint);
const recorder = await startRequestRecorder(emulator.endpoint);
afterAll(async () => {
  await recorder.stop();
  clients.destroy();
  await emulator.stop();
});

test(`${cycles} cycles through HTTP: nothing is left, no volume is lost, the lease is freed`, async () => {
  const { bucket } = await seedEnvironment(clients);
  const { figures, violations } = await soakEndpoint(clients, recorder, bucket, cycles, seededRandom(seed));
  console.info(JSON.stringify(figures));
  expect(violations).toEqual([]);
  expect(figures.volumes).toBe(cycles);
  expect(figures.runs).toBeGreaterThanOrEqual(cycles * 3);
});
