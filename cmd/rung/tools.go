package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/transport/api"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/policies"
)

func openapiCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "openapi",
		Short: "Print the OpenAPI document",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var out bytes.Buffer
			if err := json.Indent(&out, api.Describe(), "", "  "); err != nil {
				return err
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), out.String())
			return err
		},
	}
}

func policyCommand() *cobra.Command {
	policy := &cobra.Command{Use: "policy", Short: "Show what the program enforces"}
	policy.AddCommand(&cobra.Command{
		Use:   "matrix",
		Short: "Print every allowed role, relation, resource and action",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := access.NewMatrix(policies.Model, policies.Policy)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), m)
			return err
		},
	})
	policy.AddCommand(explainCommand())
	return policy
}

func ladderCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "ladder", Short: "Check, publish and print ladder files"}
	cmd.AddCommand(ladderLint(), ladderImport(), ladderExport(), ladderConvert(), ladderDiff(), ladderSchema())
	return cmd
}

func ladderLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint FILE...",
		Short: "Show what is wrong or weak in ladder files, with line and column",
		Long:  "Show what is wrong or weak in ladder files, with line and column.\nA file that builds on others is checked with them if they are named too.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			sources, err := parseAll(args)
			if err != nil {
				return err
			}
			findings, absent := ladder.LintAll(sources)
			for _, layer := range absent {
				_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "%s is not among the files: what it contributes was not checked\n", layer)
			}
			if len(findings) > 0 {
				return findings
			}
			for _, source := range sources {
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s %s: nothing to fix\n", source.Document.Title(), source.Document.Version); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// parseAll reads ladder files; its error lists what is wrong with any of them.
func parseAll(paths []string) ([]ladder.Source, error) {
	var sources []ladder.Source
	var broken ladder.Findings
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		source, err := ladder.Parse(path, content)
		if findings, ok := errors.AsType[ladder.Findings](err); ok {
			broken = append(broken, findings...)
		}
		sources = append(sources, source)
	}
	if len(broken) > 0 {
		return nil, broken
	}
	return sources, nil
}

func ladderImport() *cobra.Command {
	var from string
	var dryRun bool
	var renamed []string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Publish a ladder file as the version that it names",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			content, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			source, err := ladder.Parse(args[0], content)
			if err != nil || dryRun {
				return report(cmd, err, "%s %s can be published\n", source.Document.Title(), source.Document.Version)
			}
			date := clock.DateOf(clock.System{}.Now())
			if from != "" {
				if date, err = clock.ParseDate(from); err != nil {
					return err
				}
			}
			renamings, err := renamingsOf(renamed)
			if err != nil {
				return err
			}
			cfg, err := config.FromEnv(os.LookupEnv)
			if err != nil {
				return err
			}
			a, err := newApp(cmd.Context(), cfg, clock.System{}, slog.New(slog.NewTextHandler(os.Stderr, nil)))
			if err != nil {
				return err
			}
			defer func() { _ = a.Close() }()
			published, err := a.Services.Ladders.Publish(actor.AsSystem(cmd.Context(), "rung ladder import"), args[0], content, date, renamings...)
			return report(cmd, err, "%s %s is published from %s\n", source.Document.Title(), source.Document.Version, published.EffectiveFrom)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the first day of the version, YYYY-MM-DD; default: today")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "check the file and change nothing")
	cmd.Flags().StringArrayVar(&renamed, "renamed", nil, "OLD=NEW: a level that only has another code now; the people on it are carried over; once for each level")
	return cmd
}

func renamingsOf(pairs []string) ([]library.Renaming, error) {
	var out []library.Renaming
	for _, pair := range pairs {
		from, to, ok := strings.Cut(pair, "=")
		if !ok || from == "" || to == "" {
			return nil, fmt.Errorf("--renamed: want OLD=NEW, have %q", pair)
		}
		out = append(out, library.Renaming{From: from, To: to})
	}
	return out, nil
}

func ladderExport() *cobra.Command {
	return &cobra.Command{
		Use:   "export [FILE]",
		Short: "Print a ladder file in its canonical form; without a file, the shipped ladder",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name, content := ladder.ShippedFile()
			if len(args) == 1 {
				var err error
				if name = args[0]; name == "" {
					return errors.New("which file?")
				}
				if content, err = os.ReadFile(name); err != nil {
					return err
				}
			}
			source, err := ladder.Parse(name, content)
			if err != nil {
				return err
			}
			canonical, err := source.Canonical()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(canonical)
			return err
		},
	}
}

func report(cmd *cobra.Command, err error, format string, args ...any) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), format, args...)
	return err
}
