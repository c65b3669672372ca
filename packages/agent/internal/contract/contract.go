// Package contract is the agent's side of the contract with the compiler: its types, their validation, and the
// expansion of `$(NAME)`.
//
// The schema is the compiler's (packages/compiler/contract/agent-v1.schema.json). Both sides' tests read the vectors
// beside it.
package contract

//go:generate go run ./gen -schema ../../../compiler/contract/agent-v1.schema.json -out .

// Version is the contract version that this agent reads.
const Version = "i2kit.dev/agent/v1"
