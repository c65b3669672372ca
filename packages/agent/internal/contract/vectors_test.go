package contract

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const vectors = "../../../compiler/contract/vectors"

func read(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(vectors, path))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(path, err)
	}
}

func pack(t *testing.T, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	writer.Write(text)
	writer.Close()
	return out.Bytes()
}

// Decoding and encoding give the input back: Go's types lose no field.
func sameAgain(t *testing.T, text []byte, decoded any) {
	t.Helper()
	again, err := json.Marshal(decoded)
	if err != nil {
		t.Fatal(err)
	}
	var before, after any
	json.Unmarshal(text, &before)
	json.Unmarshal(again, &after)
	if !reflect.DeepEqual(withoutEmpty(before), withoutEmpty(after)) {
		t.Errorf("decoded and encoded:\n%s\nbefore:\n%s", again, text)
	}
}

// withoutEmpty drops empty lists, which mean the same as no list.
func withoutEmpty(value any) any {
	if object, ok := value.(map[string]any); ok {
		for name, inner := range object {
			if list, ok := inner.([]any); ok && len(list) == 0 {
				delete(object, name)
				continue
			}
			object[name] = withoutEmpty(inner)
		}
	}
	if list, ok := value.([]any); ok {
		for index := range list {
			list[index] = withoutEmpty(list[index])
		}
	}
	return value
}

func TestPayloads(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(vectors, "payloads", "*.json"))
	if len(files) < 20 {
		t.Fatalf("only %d vectors", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var vector struct{ Payload json.RawMessage }
			read(t, filepath.Join("payloads", filepath.Base(file)), &vector)
			payload, err := DecodePayload(pack(t, vector.Payload))
			if err != nil {
				t.Fatal(err)
			}
			sameAgain(t, vector.Payload, payload)
		})
	}
}

func TestDocuments(t *testing.T) {
	var documents []struct {
		Name     string
		Document json.RawMessage
	}
	read(t, "documents.json", &documents)
	for _, vector := range documents {
		for _, form := range []string{"plain", "gzip"} {
			t.Run(vector.Name+"/"+form, func(t *testing.T) {
				text := []byte(vector.Document)
				if form == "gzip" {
					text = pack(t, text)
				}
				document, err := DecodeDocument(text)
				if err != nil {
					t.Fatal(err)
				}
				sameAgain(t, vector.Document, document)
				if document.Payload == nil {
					return
				}
				packed, err := document.Inline()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := DecodePayload(packed); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

// Each of these has one fault, in the document or in its payload.
func TestRefused(t *testing.T) {
	var refused []struct {
		Name     string
		Document json.RawMessage
	}
	read(t, "refused.json", &refused)
	if len(refused) < 50 {
		t.Fatalf("only %d vectors", len(refused))
	}
	for _, vector := range refused {
		t.Run(vector.Name, func(t *testing.T) {
			document, err := DecodeDocument(vector.Document)
			if err == nil && document.Payload != nil {
				var packed []byte
				if packed, err = document.Inline(); err == nil {
					_, err = DecodePayload(packed)
				}
			}
			if err == nil {
				t.Fatal("accepted")
			}
			t.Log(err)
		})
	}
}

func TestExpansion(t *testing.T) {
	var all struct {
		Texts []struct {
			Input     string
			Variables map[string]string
			Output    string
		}
		SubPaths []struct {
			Input     string
			Variables map[string]string
			Output    string
			Fault     bool
		}
		Environments []struct {
			Name             string
			Env              []Env
			Image            json.RawMessage
			ServiceVariables map[string]string
			Secrets          map[string]map[string]string
			Fields           map[string]string
			Variables        map[string]string
			Command          []string
			Expanded         []string
			Fault            bool
		}
	}
	read(t, "expansion.json", &all)
	lookup := func(variables map[string]string) func(string) (string, bool) {
		return func(name string) (string, bool) { value, known := variables[name]; return value, known }
	}
	for _, vector := range all.Texts {
		if got, err := Expand(vector.Input, lookup(vector.Variables)); got != vector.Output || err != nil {
			t.Errorf("%q: %q, not %q", vector.Input, got, vector.Output)
		}
	}
	for _, vector := range all.SubPaths {
		got, err := ExpandSubPath(vector.Input, lookup(vector.Variables))
		if (err != nil) != vector.Fault || err == nil && got != vector.Output {
			t.Errorf("%q: %q, %v", vector.Input, got, err)
		}
	}
	for _, vector := range all.Environments {
		t.Run(vector.Name, func(t *testing.T) {
			secrets := map[string]map[string][]byte{}
			for name, keys := range vector.Secrets {
				values := map[string][]byte{}
				for key, text := range keys {
					values[key], _ = base64.StdEncoding.DecodeString(text)
				}
				// The vectors hold no versions: any version of the name matches.
				for _, entry := range vector.Env {
					if entry.Secret != nil && entry.Secret.Secret == name {
						secrets[SecretID(name, entry.Secret.Version)] = values
					}
					if entry.SecretKeys != nil && entry.SecretKeys.Secret == name {
						secrets[SecretID(name, entry.SecretKeys.Version)] = values
					}
				}
			}
			env, err := Resolve(vector.Env, Sources{Image: imagePairs(t, vector.Image), Services: vector.ServiceVariables, Secrets: secrets, Fields: vector.Fields})
			if vector.Fault {
				if err == nil {
					t.Fatal("no fault")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(env.all, vector.Variables) {
				t.Errorf("%v, not %v", env.all, vector.Variables)
			}
			if got, err := ExpandWords(vector.Command, env.Lookup); !slices.Equal(got, vector.Expanded) || err != nil {
				t.Errorf("%q, not %q: %v", got, vector.Expanded, err)
			}
		})
	}
}

// imagePairs reads the image's variables, which the vectors give as an object.
func imagePairs(t *testing.T, text json.RawMessage) (pairs []string) {
	t.Helper()
	if len(text) == 0 {
		return nil
	}
	var named map[string]string
	if json.Unmarshal(text, &named) == nil {
		for name, value := range named {
			pairs = append(pairs, name+"="+value)
		}
		return pairs
	}
	if err := json.Unmarshal(text, &pairs); err != nil {
		t.Fatal(err)
	}
	return pairs
}

func TestSalvage(t *testing.T) {
	document, ok := Salvage([]byte(`{"apiVersion":"x","stack":"s","region":"r","resource":"R","shell":1}`))
	if !ok || document.Stack != "s" || document.Resource != "R" {
		t.Fatal(document, ok)
	}
	for _, text := range []string{"", "{", `{"stack":"s"}`, `[]`} {
		if _, ok := Salvage([]byte(text)); ok {
			t.Error(text)
		}
	}
}

func TestDecodeRefusesWhatIsNotWhole(t *testing.T) {
	for name, text := range map[string][]byte{
		"two documents": []byte(`{} {}`),
		"half of gzip":  pack(t, []byte(`{"a":1}`))[:12],
		"a bomb":        pack(t, bytes.Repeat([]byte(" "), mostBytes+2)),
	} {
		if _, err := DecodeDocument(text); err == nil {
			t.Error(name, "was accepted")
		} else if strings.Contains(err.Error(), "lacks") {
			t.Error(name, err)
		}
	}
}
