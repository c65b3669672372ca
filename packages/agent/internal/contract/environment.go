package contract

import (
	"fmt"
	"sort"
)

// Sources are the sources of a container's variables. Later ones win; docs/agent-v1.md, "Environment".
type Sources struct {
	Image       []string                     // NAME=value, the image's own
	Credentials map[string]string            // of the pod's role
	Services    map[string]string            // the namespace's service variables; nil if enableServiceLinks is false
	Secrets     map[string]map[string][]byte // values by key, by SecretID
	Fields      map[string]string            // values of `field`
}

// SecretID names a secret at a version.
func SecretID(secret string, version *string) string {
	return secret + "\x00" + Or(version, "")
}

// Environment is a container's variables, with those that `$(NAME)` sees.
type Environment struct {
	all  map[string]string
	seen map[string]string
}

// Lookup finds a variable as `command`, `args` and `subPathExpr` see it: without the image's and the role's.
func (e *Environment) Lookup(name string) (string, bool) {
	value, known := e.seen[name]
	return value, known
}

// Get finds any variable of the container.
func (e *Environment) Get(name string) (string, bool) {
	value, known := e.all[name]
	return value, known
}

// SetDefault adds a variable that nothing else has set.
func (e *Environment) SetDefault(name, value string) {
	if _, known := e.all[name]; !known {
		e.all[name] = value
	}
}

// All returns the variables in the kernel's form, sorted.
func (e *Environment) All() []string {
	out := make([]string, 0, len(e.all))
	for name, value := range e.all {
		out = append(out, name+"="+value)
	}
	sort.Strings(out)
	return out
}

// Resolve evaluates a container's `env`. A missing entry that is not optional is a terminal fault.
func Resolve(entries []Env, from Sources) (*Environment, error) {
	out := &Environment{all: map[string]string{}, seen: map[string]string{}}
	for _, pair := range from.Image {
		name, value := cut(pair)
		out.all[name] = value
	}
	for name, value := range from.Credentials {
		out.all[name] = value
	}
	for name, value := range from.Services {
		out.all[name], out.seen[name] = value, value
	}
	// An `expand` sees the entries before it, else the service variables; both are in `seen` by now.
	all := &expander{lookup: out.Lookup}
	for _, entry := range entries {
		if err := out.add(entry, from, all); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (e *Environment) add(entry Env, from Sources, all *expander) error {
	set := func(name, value string) { e.all[name], e.seen[name] = value, value }
	switch {
	case entry.Value != nil:
		set(*entry.Name, *entry.Value)
	case entry.Expand != nil:
		value, err := all.expand(*entry.Expand)
		if err != nil {
			return fmt.Errorf("variable %s: %w", *entry.Name, err)
		}
		set(*entry.Name, value)
	case entry.Field != nil:
		set(*entry.Name, from.Fields[string(*entry.Field)])
	case entry.Secret != nil:
		value, err := from.secretKey(*entry.Secret)
		if err != nil {
			return fmt.Errorf("variable %s: %w", *entry.Name, err)
		}
		if value != nil {
			set(*entry.Name, string(value))
		}
	case entry.SecretKeys != nil:
		keys, err := from.secretKeys(*entry.SecretKeys)
		if err != nil {
			return err
		}
		for _, key := range keys {
			values := from.Secrets[SecretID(entry.SecretKeys.Secret, entry.SecretKeys.Version)]
			set(Or(entry.SecretKeys.Prefix, "")+key, string(values[key]))
		}
	}
	return nil
}

func (s Sources) secretKey(wanted SecretKey) ([]byte, error) { return Key(s.Secrets, wanted) }

func (s Sources) secretKeys(wanted SecretKeys) ([]string, error) { return Keys(s.Secrets, wanted) }

// Key finds one key of a secret; nil without an error if it is missing and optional.
func Key(secrets map[string]map[string][]byte, wanted SecretKey) ([]byte, error) {
	values, there := secrets[SecretID(wanted.Secret, wanted.Version)]
	value, has := values[wanted.Key]
	switch {
	case has && value == nil:
		return []byte{}, nil
	case has:
		return value, nil
	case Or(wanted.Optional, false):
		return nil, nil
	case !there:
		return nil, fmt.Errorf("the secret %s is missing", wanted.Secret)
	}
	return nil, fmt.Errorf("the secret %s has no key %s", wanted.Secret, wanted.Key)
}

// Keys lists all keys of a secret, sorted by their bytes.
func Keys(secrets map[string]map[string][]byte, wanted SecretKeys) ([]string, error) {
	values, there := secrets[SecretID(wanted.Secret, wanted.Version)]
	if !there && !Or(wanted.Optional, false) {
		return nil, fmt.Errorf("the secret %s is missing", wanted.Secret)
	}
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys, nil
}

func cut(pair string) (name, value string) {
	for index := 0; index < len(pair); index++ {
		if pair[index] == '=' {
			return pair[:index], pair[index+1:]
		}
	}
	return pair, ""
}
