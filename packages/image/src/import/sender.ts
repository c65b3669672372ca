// Makes a port's methods from the commands of an SDK client.

/** A client of the SDK; answers are typed where a port promises them. */
export interface SdkClient {
  send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

type Command = new (input: never) => unknown;
type Client = new (config: never) => SdkClient;

/** An SDK module, passed by the caller, so that it decides where the module is loaded and bundled. */
export type SdkModule<ClientName extends string, Commands extends string> = {
  readonly [name in ClientName]: Client;
} & {
  readonly [name in `${Commands}Command`]: Command;
};

/** `sender(module, client)('PutObject')` is a port's `putObject`; `more` is added to the input of each call. */
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
