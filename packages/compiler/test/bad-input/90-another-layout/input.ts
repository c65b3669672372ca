// An app that was deployed as one stack, and is now to be several.
import type { Config, Lock } from '../../../src/options.ts';

export default `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
`;
export const settings = 'region: eu-west-1\nstacks: workload\n';
export const config: Config = { region: 'eu-west-1', stacks: 'workload' };
export const lock: Lock = { version: 1, loadBalancers: { 'Service/default/web': 1 } };
