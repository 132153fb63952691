package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func auditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Check and export the audit trail"}
	cmd.AddCommand(auditVerify(), auditExport(), auditKey())
	return cmd
}

func auditVerify() *cobra.Command {
	var file, checkpoint string
	var public []string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Find events that were changed, removed or reordered",
		Long: "Checks the trail of the database with every signature, or with --file an export, which needs no database.\n" +
			"A checkpoint that was kept elsewhere also proves that the trail was not rewritten as a whole.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			verdict, err := verdictOf(cmd.Context(), file, checkpoint, public)
			if err != nil {
				return err
			}
			return printVerdict(cmd.OutOrStdout(), verdict)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "an export to check instead of the database")
	cmd.Flags().StringVar(&checkpoint, "checkpoint", "", "a file with a checkpoint that was kept elsewhere")
	cmd.Flags().StringArrayVar(&public, "public-key", nil, "a public key whose signatures count, needed with --file; Rung prints its own when it starts")
	return cmd
}

func verdictOf(ctx context.Context, file, checkpoint string, public []string) (audit.Verdict, error) {
	if file != "" {
		in, err := os.Open(file)
		if err != nil {
			return audit.Verdict{}, err
		}
		defer func() { _ = in.Close() }()
		return audit.VerifyExport(in, public...)
	}
	var verdict audit.Verdict
	err := withSealer(ctx, "rung audit verify", func(ctx context.Context, s *audit.Sealer) error {
		kept, err := keptIn(checkpoint, s, public)
		if err == nil {
			verdict, err = s.Verify(ctx, kept)
		}
		return err
	})
	return verdict, err
}

// keptIn reads the checkpoint in a file; nil without one.
func keptIn(path string, s *audit.Sealer, public []string) (*audit.Checkpoint, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	own, err := s.PublicKey()
	if err != nil {
		return nil, err
	}
	kept, err := audit.ParseCheckpoint(string(text), append(public, own)...)
	return &kept, err
}

func withSealer(ctx context.Context, reason string, f func(context.Context, *audit.Sealer) error) error {
	cfg, err := config.FromEnv(os.LookupEnv)
	if err != nil {
		return err
	}
	a, err := newApp(ctx, cfg, clock.System{}, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	return f(actor.AsSystem(ctx, reason), a.Sealer)
}

func printVerdict(w io.Writer, v audit.Verdict) error {
	for _, p := range v.Problems {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(w, "%d events sealed under %d seals, %d waiting\nkey: %s\n%s", v.Sealed, v.Seals, v.Waiting, v.Key, v.Head); err != nil {
		return err
	}
	if len(v.Problems) > 0 {
		return errors.New("the trail is not what was sealed")
	}
	return nil
}

func auditExport() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the sealed trail as JSON lines; of reads, only the hash",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withSealer(cmd.Context(), "rung audit export", func(ctx context.Context, s *audit.Sealer) error {
				if err := s.Seal(ctx); err != nil {
					return err
				}
				return s.Export(ctx, cmd.OutOrStdout(), nil)
			})
		},
	}
}

func auditKey() *cobra.Command {
	return &cobra.Command{
		Use:   "keygen NAME",
		Short: "Make a key that signs checkpoints, and the public key that verifies them",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			private, public, err := audit.NewKey(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "RUNG_AUDIT_KEY=%s\npublic key: %s\n", private, public)
			return err
		},
	}
}
