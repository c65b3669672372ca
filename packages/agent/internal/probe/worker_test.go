package probe

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// One character for each period: + success, - failure, ! could not run, ~ no answer in time.
func TestThresholds(t *testing.T) {
	type spec = contract.Probe
	for name, test := range map[string]struct {
		spec    spec
		answers string
		once    func(Result) bool
		want    string // reports as second:+ or second:-
	}{
		"well at once":            {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3}, "+++", Never, "0+ 10+ 20+"},
		"fails with the third":    {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3}, "---", Never, "20-"},
		"goes on failing":         {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3}, "-----", Never, "20- 30- 40-"},
		"starts anew when well":   {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3}, "--+--+---", Never, "20+ 50+ 80-"},
		"two must be well":        {spec{PeriodSeconds: 5, SuccessThreshold: 2, FailureThreshold: 1}, "+-++", Never, "5- 15+"},
		"liveness ends with it":   {spec{PeriodSeconds: 1, SuccessThreshold: 1, FailureThreshold: 2}, "+--+++", OnFailure, "0+ 2-"},
		"startup says one word":   {spec{PeriodSeconds: 1, SuccessThreshold: 1, FailureThreshold: 5}, "--+---", Always, "2+"},
		"startup gives up":        {spec{PeriodSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}, "---+++", Always, "2-"},
		"the delay is in periods": {spec{InitialDelaySeconds: 5, PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 1}, "-", Never, "10-"},
		"the delay, shorter":      {spec{InitialDelaySeconds: 5, PeriodSeconds: 2, SuccessThreshold: 1, FailureThreshold: 1}, "-", Never, "6-"},
		"what cannot be asked":    {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 2}, "-!!!!!!-", Never, "30-"},
		"asked again at once":     {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 2}, "!!+", Never, "0+"},
		"no answer in time":       {spec{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 2, TimeoutSeconds: 3}, "~~", Never, "13-"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.spec.TimeoutSeconds == 0 {
					test.spec.TimeoutSeconds = 1
				}
				left := test.answers
				check := func(ctx context.Context) (bool, string, error) {
					if left == "" {
						cancel()
						return false, "", nil
					}
					answer := left[0]
					left = left[1:]
					switch answer {
					case '!':
						return false, "", errors.New("cannot")
					case '~':
						<-ctx.Done()
						return false, "timeout", nil
					}
					return answer == '+', "", nil
				}
				var got []string
				Run(ctx, test.spec, start, check, test.once, func(result Result) {
					mark := "-"
					if result.OK {
						mark = "+"
					}
					got = append(got, fmt.Sprintf("%d%s", int(time.Since(start).Seconds()), mark))
				})
				if !slices.Equal(got, strings.Fields(test.want)) {
					t.Errorf("%v, not %s", got, test.want)
				}
			})
		})
	}
}
