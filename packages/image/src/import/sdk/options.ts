// What the SDK's clients are made with, and what of them is used.

export interface SdkOptions {
  readonly region: string;
  readonly endpoint?: string;
  /** Absent: the SDK's own chain of profiles, environment, SSO and roles. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly profile?: string;
}

/** One attempt a call: `call.ts` repeats, and limits the time of each try. */
export const clientConfig = (options: SdkOptions, sockets: number) => ({
  region: options.region,
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 10_000,
    httpsAgent: { maxSockets: sockets },
    httpAgent: { maxSockets: sockets },
  },
  ...(options.endpoint ? { endpoint: options.endpoint } : {}),
  ...(options.credentials ? { credentials: options.credentials } : {}),
  ...(options.profile ? { profile: options.profile } : {}),
});

/** A client of the SDK; answers are typed where a port promises them. */
export interface SdkClient {
  send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

type Command = new (input: never) => unknown;
type Client = new (config: never) => SdkClient;

/** An SDK module, given by the caller, so that it is loaded, and bundled, where it is meant to be. */
export type SdkModule<ClientName extends string, Commands extends string> = {
  readonly [name in ClientName]: Client;
} & {
  readonly [name in `${Commands}Command`]: Command;
};

/** `sender(module, client)('PutObject')` is a port's `putObject`; more input may be added to each call's. */
export function sender<Commands extends string>(
  sdk: { readonly [name in `${Commands}Command`]: Command },
  client: SdkClient,
  more: object = {},
) {
  return <Input, Output>(command: Commands) =>
    (input: Input, { signal }: { readonly signal: AbortSignal }): Promise<Output> => {
      const made = new sdk[`${command}Command`]({ ...input, ...more } as never);
      return client.send(made as never, { abortSignal: signal }) as Promise<Output>;
    };
}
