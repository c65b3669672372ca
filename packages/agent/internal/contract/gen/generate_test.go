package main

import (
	"bytes"
	"os"
	"testing"
)

// The committed files match the schema.
func TestCurrent(t *testing.T) {
	text, err := os.ReadFile("../../../../compiler/contract/agent-v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	types, small, err := Generate(text)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{"../types.go": types, "../schema.json": small} {
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, want) {
			t.Errorf("%s differs from the schema; run: go generate ./internal/contract", path)
		}
	}
}
