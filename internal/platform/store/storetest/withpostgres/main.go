// Command withpostgres runs a command with RUNG_TEST_POSTGRES set, so that all
// test packages share one private server:
//
//	go run ./internal/store/storetest/withpostgres go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func main() { os.Exit(run()) }

func run() int {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	if os.Getenv(storetest.EnvPostgres) == "" {
		url, stop, err := storetest.StartPostgres()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			if os.Getenv("CI") != "" {
				return 1
			}
		} else {
			defer stop()
			cmd.Env = append(cmd.Env, storetest.EnvPostgres+"="+url)
		}
	}
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
