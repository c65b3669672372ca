// Package fault tells faults that no waiting heals from those that a retry may: the first end the rollout at once.
package fault

import (
	"errors"
	"fmt"
)

type terminal struct{ error }

func (t terminal) Unwrap() error { return t.error }

// Terminal marks an error as one that no retry heals.
func Terminal(err error) error {
	if err == nil {
		return nil
	}
	return terminal{err}
}

// Terminalf makes one.
func Terminalf(format string, values ...any) error { return terminal{fmt.Errorf(format, values...)} }

// IsTerminal tells whether an error, or one within it, was marked.
func IsTerminal(err error) bool {
	var marked terminal
	return errors.As(err, &marked)
}
