// Command i2kit-agent is i2kit's program in a machine: it runs the pod that the machine's user data describes.
package main

import (
	"fmt"
	"os"

	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/shim"
)

// version is set by the build.
var version = "development"

const usage = `usage: i2kit-agent [command]

  start       begin to run the pod in the background, and keep the agent running (what an init script calls)
  supervise   the same, in the foreground
  run         run the pod, once
  version     print the version

further commands are the agent's own: shim, pause`

func main() {
	command, args := "supervise", os.Args[1:]
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		command, args = args[0], args[1:]
	}
	var err error
	switch command {
	case "run":
		err = run(args)
	case "supervise":
		err = supervise(args)
	case "start":
		err = start(args)
	case "shim":
		if len(args) != 1 {
			err = fmt.Errorf("shim: a folder is required")
			break
		}
		err = shim.Run(args[0])
	case "pause":
		runtime.Pause(args)
	case "version", "--version":
		fmt.Println(version)
	default:
		err = fmt.Errorf("%s", usage)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "i2kit-agent:", err)
		os.Exit(1)
	}
}
