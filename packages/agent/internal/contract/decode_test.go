package contract

import (
	"fmt"
	"strings"
	"testing"
)

const twice = `{"pod":{"owner":"Deployment/default/web","generateName":"web-","namespace":"default","dns":{"policy":"Default"},"containers":[{"name":"web","image":"x"%s}]},` +
	`"rollout":{"minReadySeconds":0,"deadlineSeconds":600}%s}`

// Validation sees the last of two values; Go's types hold both.
func TestKeysThatStandTwice(t *testing.T) {
	if _, err := DecodePayload(pack(t, fmt.Appendf(nil, twice, "", ""))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"pod":           fmt.Sprintf(strings.Replace(twice, `{"pod":`, `{"pod":{"containers":[{"command":["/bin/evil"],"security":{"privileged":true}}]},"pod":`, 1), "", ""),
		"deep":          fmt.Sprintf(twice, `,"security":{"privileged":true},"security":{}`, ""),
		"after a list":  fmt.Sprintf(twice, `,"command":["a"],"command":["b"]`, ""),
		"by an escape":  fmt.Sprintf(twice, "", `,"j\u006fb":{"backoffLimit":0},"job":{"backoffLimit":1}`),
		"not the same":  fmt.Sprintf(twice, "", `,"job":{"backoffLimit":0},"Job":{"backoffLimit":1}`),
		"in a map":      fmt.Sprintf(strings.Replace(twice, `"namespace"`, `"labels":{"a":"1","a":"2"},"namespace"`, 1), "", ""),
		"not UTF-8":     fmt.Sprintf(strings.Replace(twice, `"namespace"`, "\"labels\":{\"a\xff\":\"1\",\"a\xfe\":\"2\"},\"namespace\"", 1), "", ""),
		"two documents": fmt.Sprintf(twice, "", "") + "{}",
	} {
		if _, err := DecodePayload(pack(t, []byte(text))); err == nil {
			t.Error(name, "was accepted")
		}
	}
	document := `{"apiVersion":"i2kit.dev/agent/v1","stack":"arn","stack":"other","region":"r","resource":"R","logs":"/l","payload":"x"}`
	if _, err := DecodeDocument([]byte(document)); err == nil || !strings.Contains(err.Error(), `the key "stack" is a duplicate`) {
		t.Error(err)
	}
}

// Each level doubles the value; 30 levels used all of the machine's memory.
func TestExpansionIsBounded(t *testing.T) {
	text := func(name string) Env { return Env{Name: &name, Value: ptr("x")} }
	doubled := func(levels int) []Env {
		entries := []Env{text("A0")}
		for level := 1; level <= levels; level++ {
			name, value := fmt.Sprint("A", level), fmt.Sprintf("$(A%d)$(A%d)", level-1, level-1)
			entries = append(entries, Env{Name: &name, Expand: &value})
		}
		return entries
	}
	if env, err := Resolve(doubled(17), Sources{}); err != nil {
		t.Error(err)
	} else if value, _ := env.Lookup("A17"); len(value) != 128<<10 {
		t.Error(len(value))
	}
	for _, levels := range []int{18, 24, 64} {
		if _, err := Resolve(doubled(levels), Sources{}); err == nil || !strings.Contains(err.Error(), "variable A18: it expands to more than 131072 bytes") {
			t.Error(levels, err)
		}
	}
	// The total of many long values is limited, too.
	entries := doubled(17)
	for index := range 100 {
		name := fmt.Sprint("B", index)
		entries = append(entries, Env{Name: &name, Expand: ptr("$(A17)")})
	}
	if _, err := Resolve(entries, Sources{}); err == nil || !strings.Contains(err.Error(), "with the others") {
		t.Error(err)
	}
	env, _ := Resolve(doubled(17), Sources{})
	if _, err := ExpandWords([]string{"x", "$(A17)$(A17)"}, env.Lookup); err == nil || !strings.Contains(err.Error(), "word 2 of its command") {
		t.Error(err)
	}
	if _, err := ExpandWords(strings.Fields(strings.Repeat("$(A17) ", 100)), env.Lookup); err == nil {
		t.Error("100 long words were accepted")
	}
	if _, err := ExpandSubPath("$(A17)$(A17)", env.Lookup); err == nil {
		t.Error("a long path was accepted")
	}
}

func ptr[T any](value T) *T { return &value }

// BenchmarkExpandOpen measures texts with unclosed `$(`. Expand once searched to the end of the text for each of
// them.
func BenchmarkExpandOpen(b *testing.B) {
	text := strings.Repeat("$(", 30000)
	for b.Loop() {
		if _, err := Expand(text, func(string) (string, bool) { return "", false }); err != nil {
			b.Fatal(err)
		}
	}
}
