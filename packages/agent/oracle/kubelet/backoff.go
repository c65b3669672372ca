package main

import (
	"time"

	"k8s.io/client-go/util/flowcontrol"
	testingclock "k8s.io/utils/clock/testing"
)

type restarts struct {
	Runs  []int `json:"runs"`  // length of each run, in seconds
	Waits []int `json:"waits"` // delay of the next start, in seconds
}

// backoff drives the kubelet's back-off as its doBackOff does (pkg/kubelet/kuberuntime/kuberuntime_manager.go), with a clock of its own.
func backoff() (table []restarts) {
	for _, runs := range [][]int{
		{1, 1, 1, 1, 1, 1, 1, 1, 1},
		{0, 0, 0, 0, 0, 0, 0},
		{86400, 1, 1, 1},
		{1, 1, 1, 601, 1, 1},
		{1, 1, 1, 599, 1, 1},
		{1, 1, 1, 580, 1, 1},
		{1, 1, 1, 600, 1, 1},
		{700, 700, 700, 1},
		{1, 1, 1, 1, 1, 1, 1, 601, 1},
		{1, 1, 1, 1, 1, 1, 1, 299, 1, 301, 1},
		{1, 650, 1, 650, 1},
	} {
		now := testingclock.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		limits := flowcontrol.NewFakeBackOff(10*time.Second, 5*time.Minute, now)
		row := restarts{Runs: runs}
		for _, seconds := range runs {
			now.Step(time.Duration(seconds) * time.Second)
			finished := now.Now()
			for limits.IsInBackOffSince("container", finished) {
				now.Step(time.Second)
			}
			limits.Next("container", finished)
			row.Waits = append(row.Waits, int(now.Now().Sub(finished).Seconds()))
		}
		table = append(table, row)
	}
	return table
}
