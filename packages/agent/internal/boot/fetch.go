package boot

import (
	"context"
	"encoding/json"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/secrets"
)

// inputs are the parts of the containers' environment and files that are not in the payload.
type inputs struct {
	services map[string]string
	secrets  secrets.All
	fields   map[string]string
}

// fetch reads the namespace's service variables and the secrets into memory.
func (a *Agent) fetch(ctx context.Context, spec *contract.Pod) (*inputs, error) {
	found := &inputs{}
	if name := a.saved.Document.ServiceVariables; name != nil && contract.Or(spec.EnableServiceLinks, true) {
		if err := a.retry(ctx, a.deadline(), func() error {
			text, there, err := a.cloud.Parameter(ctx, *name)
			if err != nil || !there {
				return err
			}
			if err := json.Unmarshal([]byte(text), &found.services); err != nil {
				return fault.Terminalf("the service variables %s are not a JSON object of texts", *name)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	err := a.retry(ctx, a.deadline(), func() (err error) {
		found.secrets, err = secrets.Fetch(ctx, spec, a.cloud)
		return err
	})
	return found, err
}
