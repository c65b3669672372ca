// Command gen writes the contract's Go types and the agent's copy of the schema from the compiler's
// agent-v1.schema.json.
//
// The schema is the only source: the generated files are committed, and a test compares them with it.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

func main() {
	schema := flag.String("schema", "", "the schema to read")
	out := flag.String("out", ".", "the folder to write types.go and schema.json to")
	flag.Parse()
	text, err := os.ReadFile(*schema)
	if err != nil {
		log.Fatal(err)
	}
	types, small, err := Generate(text)
	if err != nil {
		log.Fatal(err)
	}
	for name, content := range map[string][]byte{"types.go": types, "schema.json": small} {
		if err := os.WriteFile(filepath.Join(*out, name), content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
