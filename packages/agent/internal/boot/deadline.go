package boot

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// preparationDeadline signals FAILURE when the deadline passes during the preparation. The preparation continues: a
// machine that no stack waits for, and whose disk is still attached to another one, may take longer.
type preparationDeadline struct {
	mu     sync.Mutex
	timer  *time.Timer
	cancel context.CancelFunc
	done   sync.WaitGroup
}

func (l *preparationDeadline) start(ctx context.Context, a *Agent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := a.rollout()
	ctx, l.cancel = context.WithCancel(ctx)
	l.done.Add(1)
	l.timer = time.AfterFunc(time.Until(a.deadline()), func() {
		defer l.done.Done()
		r.Fail(ctx, fmt.Sprintf("the machine is not prepared within %d seconds", a.saved.Payload.Rollout.DeadlineSeconds))
	})
}

func (l *preparationDeadline) stop() {
	l.mu.Lock()
	timer := l.timer
	l.timer = nil
	l.mu.Unlock()
	if timer == nil {
		return
	}
	if timer.Stop() {
		l.done.Done()
	}
	// The rollout retries a FAILURE that could not be signalled yet.
	l.cancel()
	l.done.Wait()
}
