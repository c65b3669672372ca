// Package fault separates terminal faults, which no retry fixes, from the others. A terminal fault fails the rollout
// at once.
package fault

import (
	"errors"
	"fmt"
)

type terminal struct{ error }

func (t terminal) Unwrap() error { return t.error }

// Terminal marks an error as terminal: no retry fixes it.
func Terminal(err error) error {
	if err == nil {
		return nil
	}
	return terminal{err}
}

// Terminalf makes a terminal error.
func Terminalf(format string, values ...any) error { return terminal{fmt.Errorf(format, values...)} }

// IsTerminal reports whether an error, or one that it wraps, is terminal.
func IsTerminal(err error) bool {
	var marked terminal
	return errors.As(err, &marked)
}
