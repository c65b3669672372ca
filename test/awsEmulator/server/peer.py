"""The AWS endpoint of the tests: ministack, plus what our templates need that it lacks, on 127.0.0.1.

    python peer.py [--port N] [--with-parent]

Port 0, the default, is any free one. It prints one line of JSON when it is ready and runs until it is killed, or
with --with-parent until its standard input ends, as it does when whoever started it dies.
POST /_ministack/reset forgets everything; PUT /_peer/signals with "wait" or "auto" says whether groups wait for signals,
and PUT /_peer/machines with "healthy", "sick" or "none" what becomes of their machines."""
import argparse
import asyncio
import json
import os
import socket
import threading


def main():
    options = _options()
    # Bound before ministack is loaded, as it keeps the port, and here only: its own default is every interface.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", options.port))
    listener.listen(128)
    port = listener.getsockname()[1]
    os.environ.update(_environment(port))
    if options.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()

    application = _application(lambda: print(json.dumps({"ready": True, "port": port, "pid": os.getpid()}), flush=True))
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 75
    config.loglevel = "CRITICAL"
    asyncio.run(serve(application, config))


def _options():
    parser = argparse.ArgumentParser(description="The AWS endpoint of the tests")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--with-parent", action="store_true", help="end when standard input does")
    return parser.parse_args()


def _environment(port):
    return {
        "BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "127.0.0.1", "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": os.environ.get("AWS_REGION") or "eu-west-1", "MINISTACK_ACCOUNT_ID": "123456789012",
        # Nothing that starts containers or listens elsewhere.
        "DOCKER_HOST": "unix:///nonexistent", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
        "LOG_LEVEL": os.environ.get("I2KIT_PEER_LOG") or "CRITICAL",
    }


def _application(ready):
    """ministack with our resource types, our way to set the modes of signals and machines, and a word when it has started."""
    from ministack.app import app
    import registry
    registry.know_replacements(registry.TYPES)
    import attributes, balancers, blocks, booted, compute, consoles, events, fault, groups, identity, images, keypairs, launch, listeners, logs, machines, network, signals, stacksets, zones  # noqa: E401, F401

    def mode_of(module):
        return lambda text: module.set_mode(text) or module.mode()

    orders = {"/_peer/signals": mode_of(signals), "/_peer/machines": mode_of(machines), "/_peer/booted": booted.order}

    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            async def started(message):
                await send(message)
                if message["type"] == "lifespan.startup.complete":
                    ready()
            return await app(scope, receive, started)
        if scope["type"] == "http" and scope["path"] in orders:
            return await _obey(orders[scope["path"]], receive, send)
        if blocks.is_ours(scope):
            return await blocks.answer(scope, receive, send)
        await app(scope, receive, send)
        if scope["type"] == "http" and scope["path"] == "/_ministack/reset":
            blocks.reset()
            signals.set_mode()
            machines.set_mode()
            booted.reset()
            events.reset()
            stacksets.reset()

    return application


async def _obey(order, receive, send):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    try:
        status, answer = 200, order(body.decode().strip())
    except ValueError as error:
        status, answer = 400, str(error)
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": answer.encode()})


def _end_with_parent():
    # Unbuffered: the buffered reader's lock would break an ordinary end.
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
