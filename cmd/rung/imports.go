package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/transport/api"
)

// importer is one import as the operator's tools call it.
type importer func(ctx context.Context, s api.Services, path string, dryRun bool) (*sheet.ImportReport, error)

// whole adapts an import that reads its file once.
func whole(run func(ctx context.Context, s api.Services, name string, in io.Reader, dryRun bool) (*sheet.ImportReport, error)) importer {
	return func(ctx context.Context, s api.Services, path string, dryRun bool) (*sheet.ImportReport, error) {
		in, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = in.Close() }()
		return run(ctx, s, filepath.Base(path), in, dryRun)
	}
}

func importPeople(ctx context.Context, s api.Services, path string, dryRun bool) (*sheet.ImportReport, error) {
	progress, end := progressOn(os.Stderr)
	defer end()
	return s.Importing.Import(ctx, importing.Input{
		File: filepath.Base(path), Spec: sheet.People, DryRun: dryRun, Progress: progress,
		Open: func(context.Context) (io.ReadCloser, error) { return os.Open(path) },
	})
}

// progressOn shows how far an import is on a terminal, and nothing elsewhere.
func progressOn(f *os.File) (progress func(phase string, done, total int), end func()) {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	progress = func(phase string, done, total int) {
		line := fmt.Sprintf("%s: %d", phase, done)
		if total > 0 {
			line += fmt.Sprintf(" of %d", total)
		}
		_, _ = fmt.Fprintf(f, "\r%-70s", line)
	}
	return progress, func() { _, _ = fmt.Fprintf(f, "\r%70s\r", "") }
}

func peopleCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "people", Short: "Import people"}
	cmd.AddCommand(importCommand("rung people import", "Import people from a CSV file or a workbook of an HR system", importPeople))
	return cmd
}

func payCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "pay", Short: "Import pay"}
	cmd.AddCommand(importCommand("rung pay import", "Import base pay from a CSV file or a workbook; import people first",
		whole(func(ctx context.Context, s api.Services, name string, in io.Reader, dryRun bool) (*sheet.ImportReport, error) {
			return s.Compensation.ImportPay(ctx, name, in, dryRun)
		})))
	return cmd
}

func bandsCommand() *cobra.Command {
	var set, from string
	cmd := &cobra.Command{Use: "bands", Short: "Import pay bands"}
	imports := importCommand("rung bands import", "Import a band set from a CSV file or a workbook",
		whole(func(ctx context.Context, s api.Services, name string, in io.Reader, dryRun bool) (*sheet.ImportReport, error) {
			return s.Compensation.ImportBands(ctx, name, in, set, clock.Date(from), dryRun)
		}))
	imports.Flags().StringVar(&set, "name", "", "name of the set; default: the name of the file")
	imports.Flags().StringVar(&from, "from", "", "the first day of the set, YYYY-MM-DD; default: the first day in the file, else today")
	cmd.AddCommand(imports)
	return cmd
}

func importCommand(reason, short string, run importer) *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(args[0]); err != nil {
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
			if err := a.Bootstrap(cmd.Context()); err != nil { // levels are checked against a ladder
				return err
			}
			report, err := run(actor.AsSystem(cmd.Context(), reason), a.Services, args[0], dryRun)
			if err != nil {
				return places(err)
			}
			return printReport(cmd.OutOrStdout(), report)
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "report what would happen, and change nothing")
	return cmd
}

// places adds a line for every place that is wrong, in the format of compilers.
func places(err error) error {
	var bad *fault.Error
	if !errors.As(err, &bad) {
		return err
	}
	lines := []string{bad.Message}
	for _, d := range bad.Details {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s: %s (%s)", d.File, d.Line, d.Column, d.Field, d.Message, d.Fix))
	}
	return errors.New(strings.Join(lines, "\n"))
}

func printReport(w io.Writer, r *sheet.ImportReport) error {
	done := "imported"
	if r.DryRun {
		done = "checked, nothing changed"
	}
	place := r.File
	if r.Sheet != "" {
		place += " [" + r.Sheet + "]"
	}
	_, err := fmt.Fprintf(w, "%s %s: %d rows, %d added, %d changed, %d unchanged, %d not in the file\n",
		place, done, r.Rows, r.Added, r.Changed, r.Unchanged, r.Missing)
	for _, i := range r.Warnings {
		if err == nil {
			_, err = fmt.Fprintf(w, "%s:%d:%d: warning: %s (%s)\n", place, i.Line, i.Column, i.Message, i.Fix)
		}
	}
	return err
}
