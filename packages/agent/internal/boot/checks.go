package boot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/probe"
)

// check makes a probe's check runnable on this machine.
func (a *Agent) check(container string, check contract.Check) probe.Check {
	address := a.saved.Machine.Addresses[0]
	return func(ctx context.Context) (bool, string, error) {
		switch {
		case check.Http != nil:
			ok, why := probe.HTTP(ctx, *check.Http, address)
			return ok, why, nil
		case check.Tcp != nil:
			ok, why := probe.TCP(ctx, *check.Tcp, address)
			return ok, why, nil
		case check.Grpc != nil:
			ok, why := probe.GRPC(ctx, *check.Grpc, address)
			return ok, why, nil
		}
		code, output, err := a.Containers.Exec(ctx, container, check.Exec)
		switch {
		case ctx.Err() != nil:
			return false, "the command took too long", nil
		case err != nil:
			return false, "", err
		case code == 0:
			return true, "", nil
		}
		return false, fmt.Sprintf("exit code %d %s", code, strings.TrimSpace(output)), nil
	}
}

// hook runs a postStart or preStop hook.
func (a *Agent) hook(ctx context.Context, container string, hook contract.Hook) error {
	switch {
	case hook.Sleep != nil:
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(*hook.Sleep) * time.Second):
			return nil
		}
	case hook.Http != nil:
		return probe.Hook(ctx, *hook.Http, a.saved.Machine.Addresses[0])
	}
	code, output, err := a.Containers.Exec(ctx, container, hook.Exec)
	if err == nil && code != 0 {
		err = fmt.Errorf("exit code %d %s", code, strings.TrimSpace(output))
	}
	return err
}
