package main

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

const (
	leastPause = time.Second
	mostPause  = 30 * time.Second
)

// supervise restarts the agent when it dies. The containers are not affected: each has a shim of its own.
func supervise(args []string) error {
	forward := make(chan os.Signal, 4)
	signal.Notify(forward, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	pause := leastPause
	for {
		begun := time.Now()
		command := exec.Command("/proc/self/exe", append([]string{"run"}, args...)...)
		command.Stdout, command.Stderr = os.Stdout, os.Stderr
		if err := command.Start(); err != nil {
			return err
		}
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		ending := false
		for running := true; running; {
			select {
			case each := <-forward:
				ending = ending || each != syscall.SIGHUP
				command.Process.Signal(each)
			case err := <-ended:
				if err == nil || ending {
					return nil
				}
				running = false
			}
		}
		if time.Since(begun) > time.Minute {
			pause = leastPause
		}
		time.Sleep(pause)
		pause = min(2*pause, mostPause)
	}
}

// start leaves a supervisor behind, in a session of its own, and returns: init waits for its scripts.
func start(args []string) error {
	command := exec.Command("/proc/self/exe", append([]string{"supervise"}, args...)...)
	command.Stderr = os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return err
	}
	return command.Process.Release()
}
