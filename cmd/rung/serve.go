package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/frontend"
	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store"
)

func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Serve Rung; the settings are RUNG_… variables, see deploy/README.md",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := config.FromEnv(os.LookupEnv)
			if err != nil {
				return err
			}
			log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
			return serve(cmd.Context(), cfg, log)
		},
	}
}

func serve(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	a, err := newApp(ctx, cfg, clock.System{}, log)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	if err := a.Bootstrap(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return err
	}
	log.InfoContext(ctx, "serving", "address", listener.Addr().String(), "public", cfg.PublicURL)
	return quiet(a.Run(ctx, listener))
}

func newApp(ctx context.Context, cfg config.Config, c clock.Clock, log *slog.Logger) (*app.App, error) {
	dist, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return nil, err
	}
	return app.New(ctx, cfg, app.Deps{Clock: c, Log: log, Dist: dist})
}

// quiet drops the error that a server returns after it was asked to stop.
func quiet(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database of RUNG_DATABASE_URL to this version, without serving",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := store.Open(os.Getenv("RUNG_DATABASE_URL"))
			if err != nil {
				return err
			}
			defer func() { _ = s.Close() }()
			return s.Migrate(cmd.Context())
		},
	}
}

func healthcheckCommand() *cobra.Command {
	address := "http://127.0.0.1:8080"
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask a running Rung whether it is ready; for containers",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 5*time.Second)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", nil)
			if err != nil {
				return err
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return err
			}
			defer func() { _ = res.Body.Close() }()
			if res.StatusCode != http.StatusOK {
				return fmt.Errorf("not ready: %s", res.Status)
			}
			_, err = io.Copy(io.Discard, res.Body)
			return err
		},
	}
	cmd.Flags().StringVar(&address, "url", address, "where Rung listens")
	return cmd
}
