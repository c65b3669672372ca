package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func seeds(f *testing.F, path string, add func(json.RawMessage)) {
	f.Helper()
	files, _ := filepath.Glob(filepath.Join(vectors, path))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var one struct{ Payload json.RawMessage }
		var many []struct{ Document json.RawMessage }
		if json.Unmarshal(text, &many) == nil {
			for _, each := range many {
				add(each.Document)
			}
		} else if json.Unmarshal(text, &one) == nil {
			add(one.Payload)
		}
	}
}

// holds checks an accepted text: it has no duplicate key, and encoding the decoded value gives the same JSON.
func holds(t *testing.T, text []byte, decoded any) {
	t.Helper()
	if err := uniqueKeys(text); err != nil {
		t.Error(err)
	}
	if !isGzip(text) {
		sameAgain(t, text, decoded)
	}
}

func FuzzDocument(f *testing.F) {
	seeds(f, "documents.json", func(text json.RawMessage) { f.Add([]byte(text)) })
	seeds(f, "refused.json", func(text json.RawMessage) { f.Add([]byte(text)) })
	f.Fuzz(func(t *testing.T, text []byte) {
		if document, err := DecodeDocument(text); err == nil && !isGzip(text) {
			holds(t, text, document)
		}
		Salvage(text)
	})
}

func FuzzPayload(f *testing.F) {
	seeds(f, "payloads/*.json", func(text json.RawMessage) { f.Add([]byte(text)) })
	f.Add([]byte(`{"pod":{"owner":"a"},"pod":{"owner":"b"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		payload := &Payload{}
		if decode("Payload", text, payload) == nil {
			holds(t, text, payload)
		}
	})
}

func FuzzExpand(f *testing.F) {
	f.Add("$(A)$(A)", "A", "$(A)")
	f.Add("$$(A)", "A", "x")
	f.Add("$(", "A", "x")
	f.Add("$($(A))", "A", "x")
	f.Fuzz(func(t *testing.T, text, name, value string) {
		found, err := Expand(text, func(asked string) (string, bool) { return value, asked == name })
		if err != nil {
			if len(text)*(len(value)+1) <= mostText {
				t.Error("too short to be too long")
			}
			return
		}
		if len(found) > mostText || !strings.Contains(text, "$") && found != text {
			t.Errorf("%q", found)
		}
	})
}
