package boot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/credentials"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/identity"
	"i2kit.dev/agent/internal/network"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/userdata"
)

// prepare does everything that precedes the first container.
func (a *Agent) prepare(ctx context.Context) error {
	a.saved = &savedState{Memory: &pod.Memory{}, Token: credentials.Token()}
	if err := a.identify(ctx); err != nil {
		return err
	}
	a.shipLogs()
	a.preparation.start(ctx, a)
	defer a.preparation.stop()
	return a.setUp(ctx)
}

// identify reads the machine's identity and its document. It is the first phase; before it, no stack can be told of a
// fault.
func (a *Agent) identify(ctx context.Context) error {
	k := a.saved
	if err := a.retry(ctx, time.Time{}, func() error {
		machine, err := a.Metadata.Machine(ctx)
		if err == nil {
			k.Machine = *machine
		}
		return err
	}); err != nil {
		return err
	}
	if err := a.retry(ctx, time.Time{}, func() (err error) {
		k.Document, err = userdata.Document(ctx, a.Metadata)
		return err
	}); err != nil {
		return err
	}
	a.connect()
	if err := a.retry(ctx, time.Time{}, func() (err error) {
		k.Payload, err = userdata.Payload(ctx, k.Document, a.cloud)
		return err
	}); err != nil {
		return err
	}
	a.Logf("%s on %s, agent contract %s", k.Payload.Pod.Owner, k.Machine.InstanceID, contract.Version)
	return nil
}

// connect makes the AWS client, which signs with the machine's role.
func (a *Agent) connect() {
	a.cloud = a.client(a.saved.Document)
}

func (a *Agent) client(document *contract.Document) *aws.Client {
	machine := a.saved.Machine
	place := aws.Place{Region: document.Region, Partition: machine.Partition, Domain: machine.Domain}
	client := aws.New(place, contract.Or(document.Endpoint, ""), func(ctx context.Context) (*aws.Credentials, error) {
		found, err := a.Metadata.Credentials(ctx)
		if err != nil {
			return nil, err
		}
		return &aws.Credentials{AccessKeyID: found.AccessKeyID, SecretAccessKey: found.SecretAccessKey, Token: found.Token, Expires: found.Expiration}, nil
	})
	if a.Transport != nil {
		client.Over(a.Transport)
	}
	return client
}

// setUp prepares the machine as the document says.
func (a *Agent) setUp(ctx context.Context) error {
	k := a.saved
	spec := &k.Payload.Pod
	who := identity.Of(spec, k.Machine.InstanceID, k.Machine.Addresses)
	k.PodName = who.Name
	if err := a.configureMachine(spec); err != nil {
		return fault.Terminal(err)
	}
	if err := a.writeNames(spec, who); err != nil {
		return err
	}
	inputs, err := a.fetch(ctx, spec)
	if err != nil {
		return err
	}
	inputs.fields = who.Fields(spec)
	made, err := a.volumes().Make(ctx, spec, inputs.secrets, inputs.fields)
	if err != nil {
		return err
	}
	return a.configureContainers(spec, who, inputs, made)
}

// NetworkDefaults are containerd's settings of a pod's network: every user may ping and listen on low ports.
var NetworkDefaults = []contract.NameValue{{Name: "net.ipv4.ping_group_range", Value: "0 2147483647"}, {Name: "net.ipv4.ip_unprivileged_port_start", Value: "0"}}

// configureMachine sets the firewall, kernel parameters and redirects. The firewall is first, before any container
// runs.
func (a *Agent) configureMachine(spec *contract.Pod) error {
	if err := a.System.Guard(Group); err != nil {
		return err
	}
	for _, each := range NetworkDefaults {
		if err := a.System.Sysctl(each.Name, each.Value); err != nil {
			a.Logf("the kernel parameter %s could not be set: %v", each.Name, err)
		}
	}
	for _, each := range spec.Sysctls {
		if err := a.System.Sysctl(each.Name, each.Value); err != nil {
			return fmt.Errorf("the kernel parameter %s: %w", each.Name, err)
		}
	}
	return a.System.Redirect(spec.Redirects, a.saved.Machine.Addresses)
}

// writeNames writes the host name and the network files of the containers.
func (a *Agent) writeNames(spec *contract.Pod, who identity.Identity) error {
	if err := who.Check(); err != nil {
		return fault.Terminal(err)
	}
	if err := a.System.Hostname(who.Kernel); err != nil {
		return fmt.Errorf("the host name: %w", err)
	}
	if err := a.System.SharedMemory(a.path("shm")); err != nil {
		return fmt.Errorf("/dev/shm: %w", err)
	}
	for _, folder := range []string{"files", "messages"} {
		if err := os.MkdirAll(a.path(folder), 0o755); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{
		"hosts":       network.Hosts(who, spec.HostAliases),
		"resolv.conf": network.Resolv(spec.Dns, network.ParseResolver(a.System.Resolver())),
		"hostname":    who.Kernel + "\n",
		"token":       a.saved.Token,
	} {
		if err := os.WriteFile(a.path("files", name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// patience is how long refusals are retried: a role that was just made is not known everywhere at once.
const patience = 2 * time.Minute

// retry repeats a step until a time (zero: for ever). A terminal fault ends it at once.
func (a *Agent) retry(ctx context.Context, until time.Time, what func() error) error {
	begun, told := time.Now(), time.Time{}
	for {
		err := what()
		switch {
		case err == nil, ctx.Err() != nil, fault.IsTerminal(err):
			return errors.Join(err, ctx.Err())
		case aws.IsDenied(err) && time.Since(begun) > patience, !until.IsZero() && time.Now().After(until):
			return fault.Terminal(err)
		}
		if time.Since(told) > time.Minute {
			told = time.Now()
			a.Logf("trying again: %s", strings.TrimSpace(err.Error()))
		}
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Second):
		}
	}
}

func (a *Agent) deadline() time.Time {
	return a.System.Boot().Add(time.Duration(a.saved.Payload.Rollout.DeadlineSeconds) * time.Second)
}

func (a *Agent) volumes() Volumes {
	return a.Volumes(a.saved.Machine, a.saved.Document.Disks, a.cloud)
}
