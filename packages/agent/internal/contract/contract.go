// Package contract holds what the compiler tells the agent: its types, what may stand in it, and how `$(NAME)` is expanded.
//
// The schema is the compiler's (packages/compiler/contract/agent-v1.schema.json). Both sides' tests read the vectors beside it.
package contract

//go:generate go run ./gen -schema ../../../compiler/contract/agent-v1.schema.json -out .

// Version is the one version of the contract that this agent reads.
const Version = "i2kit.dev/agent/v1"
