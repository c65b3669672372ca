package secrets

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
)

type store struct {
	values map[string]string
	asked  []string
}

func (s *store) Secret(_ context.Context, name, version string) ([]byte, bool, error) {
	s.asked = append(s.asked, name+"@"+version)
	value, there := s.values[name+"@"+version]
	if value == "denied" {
		return nil, false, errors.New("AccessDenied")
	}
	return []byte(value), there, nil
}

func ptr[T any](value T) *T { return &value }

func pod(env []contract.Env, files []contract.File) *contract.Pod {
	return &contract.Pod{Containers: []contract.Container{{Name: "c", Env: env}}, Volumes: []contract.Volume{{Name: "v", Files: files}}}
}

func TestFetch(t *testing.T) {
	from := &store{values: map[string]string{"a@": `{"k":"dg==","e":""}`, "b@v1": `{"x":"eQ=="}`}}
	found, err := Fetch(t.Context(), pod(
		[]contract.Env{{Name: ptr("A"), Secret: &contract.SecretKey{Secret: "a", Key: "k"}}, {SecretKeys: &contract.SecretKeys{Secret: "b", Version: ptr("v1")}}},
		[]contract.File{{Path: ptr("f"), Secret: &contract.SecretKey{Secret: "a", Key: "e"}}, {SecretKeys: &contract.SecretKeys{Secret: "none", Optional: ptr(true)}}},
	), from)
	if err != nil {
		t.Fatal(err)
	}
	if string(found["a\x00"]["k"]) != "v" || string(found["b\x00v1"]["x"]) != "y" || len(found) != 2 {
		t.Error(found)
	}
	if strings.Join(from.asked, " ") != "a@ b@v1 none@" {
		t.Error(from.asked)
	}
}

func TestFaults(t *testing.T) {
	for name, test := range map[string]struct{ value, want string }{
		"missing":    {"", "is missing"},
		"a text":     {"hunter2", "not a JSON object"},
		"not base64": {`{"k":"hunter2!"}`, "its key k is not base64"},
		"null":       {"null", "not a JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			from := &store{values: map[string]string{}}
			if test.value != "" {
				from.values["a@"] = test.value
			}
			_, err := Fetch(t.Context(), pod([]contract.Env{{Name: ptr("A"), Secret: &contract.SecretKey{Secret: "a", Key: "k"}}}, nil), from)
			if err == nil || !fault.IsTerminal(err) || !strings.Contains(err.Error(), test.want) {
				t.Fatal(err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the value is in the error", err)
			}
		})
	}
}

// packages/agent/oracle/kubelet wrote the table with Kubernetes' own code.
func TestKeys(t *testing.T) {
	text, err := os.ReadFile("../../oracle/kubelet/tables/secret-keys.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Key   string
		Valid bool
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 20 {
		t.Fatal(len(table), err)
	}
	for _, row := range table {
		value, _ := json.Marshal(map[string]string{row.Key: "dg=="})
		found, err := parse(value)
		if row.Valid && (err != nil || string(found[row.Key]) != "v") || !row.Valid && err == nil {
			t.Errorf("%q: %v, Kubernetes: %v", row.Key, err, row.Valid)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":"dg=="}`, `{"../../x":"dg=="}`, `{"a":"dg==","a":"dw=="}`, `null`, `{"":"" }`, `[]`, "{\"\\u0000\":\"\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		found, err := parse(value)
		if err != nil {
			return
		}
		for key := range found {
			if key == "" || len(key) > 253 || strings.ContainsAny(key, "/\x00=") || !filepath.IsLocal(key) {
				t.Errorf("the key %q was accepted", key)
			}
		}
	})
}

func TestWhatCannotBeAskedMayBeAskedAgain(t *testing.T) {
	from := &store{values: map[string]string{"a@": "denied"}}
	_, err := Fetch(t.Context(), pod([]contract.Env{{Name: ptr("A"), Secret: &contract.SecretKey{Secret: "a", Key: "k"}}}, nil), from)
	if err == nil || fault.IsTerminal(err) || !strings.Contains(err.Error(), "AccessDenied") {
		t.Fatal(err)
	}
}
