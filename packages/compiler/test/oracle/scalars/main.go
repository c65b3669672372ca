// Writes ../../data/scalars.json, what Kubernetes' own YAML reader makes of each line of table.txt.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

type reading struct {
	YAML   string          `json:"yaml"`
	JSON   json.RawMessage `json:"json,omitempty"`
	Error  string          `json:"error,omitempty"`
	Strict string          `json:"strict,omitempty"`
}

func main() {
	table, err := os.ReadFile("table.txt")
	if err != nil {
		log.Fatal(err)
	}
	lines := []string{}
	for _, line := range strings.Split(string(table), "\n") {
		if line == "" || strings.HasPrefix(line, "## ") {
			continue
		}
		// A line of the table may hold several lines of YAML.
		source := strings.ReplaceAll(line, "⏎", "\n")
		read := reading{YAML: source}
		if read.JSON, err = yaml.YAMLToJSON([]byte(source)); err != nil {
			read.JSON, read.Error = nil, err.Error()
		} else if _, err := yaml.YAMLToJSONStrict([]byte(source)); err != nil {
			read.Strict = err.Error()
		}
		buffer := strings.Builder{}
		encoder := json.NewEncoder(&buffer)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(read); err != nil {
			log.Fatal(err)
		}
		lines = append(lines, strings.TrimSpace(buffer.String()))
	}
	text := "[\n" + strings.Join(lines, ",\n") + "\n]\n"
	if err := os.WriteFile("../../data/scalars.json", []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}
