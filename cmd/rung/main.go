// Command rung is the whole program: the server, the demo and the tools of the
// people who run it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the build, see the Makefile.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use:           "rung",
		Version:       version,
		Short:         "The platform that a company runs itself to keep its engineering ladder honest",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(serveCommand(), demoCommand(), migrateCommand(), openapiCommand(), policyCommand(), ladderCommand(), peopleCommand(), bandsCommand(), payCommand(), auditCommand(), healthcheckCommand())
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "rung:", err)
		os.Exit(1)
	}
}
