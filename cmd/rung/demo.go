package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
)

func demoCommand() *cobra.Command {
	o := demoOptions{addr: "localhost:8080", people: 200}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show a synthetic company with a built-in identity provider, only on this machine",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context(), cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.addr, "addr", o.addr, "loopback address to listen on")
	cmd.Flags().StringVar(&o.data, "data", "", "folder that keeps the company; by default a new one is made each time")
	cmd.Flags().IntVar(&o.people, "people", o.people, "how many people, 140 or more")
	return cmd
}

type demoOptions struct {
	addr, data string
	people     int
}

func (o demoOptions) run(ctx context.Context, out io.Writer) error {
	started := time.Now()
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	idp, err := demo.StartProvider(o.publicURL(listener))
	if err != nil {
		return err
	}
	defer idp.Stop()
	dir, cleanUp, err := o.folder()
	if err != nil {
		return err
	}
	defer cleanUp()
	cfg := config.Config{
		DatabaseURL: "sqlite:" + filepath.Join(dir, "rung.db"), PublicURL: o.publicURL(listener), Company: demo.Company, AuditDir: filepath.Join(dir, "audit"),
		SessionIdle: 12 * time.Hour, SessionMax: 7 * 24 * time.Hour, SessionPrivileged: 8 * time.Hour, StepUp: 30 * time.Minute, OIDC: idp.Config(),
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if err := o.seed(ctx, cfg, log); err != nil {
		return err
	}
	a, err := newApp(ctx, cfg, clock.System{}, log)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	o.welcome(out, cfg.PublicURL, time.Since(started))
	return quiet(a.Run(ctx, listener))
}

func (o demoOptions) publicURL(l net.Listener) string {
	host, _, _ := net.SplitHostPort(o.addr)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return "http://" + net.JoinHostPort(host, port)
}

func (o demoOptions) folder() (string, func(), error) {
	if o.data != "" {
		return o.data, func() {}, os.MkdirAll(o.data, 0o700)
	}
	dir, err := os.MkdirTemp("", "rung-demo-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

// seed makes the company once; a folder that has one keeps it.
func (o demoOptions) seed(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	past := clock.NewFake(time.Now())
	a, err := newApp(ctx, cfg, past, log)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	return demo.SeedOnce(ctx, a, past, time.Now(), o.people)
}

func (o demoOptions) welcome(out io.Writer, url string, took time.Duration) {
	_, _ = fmt.Fprintf(out, "\n  %s, a company that does not exist, is at %s (ready in %.1f s)\n\n", demo.Company, url, took.Seconds())
	for _, p := range demo.Personas {
		_, _ = fmt.Fprintf(out, "  %-26s %-16s %s\n", p.Email(), p.Name, p.Note)
	}
	_, _ = fmt.Fprintf(out, "\n  Sign in as one of them in the browser, or directly: %s/auth/login?login_hint=engineer@%s\n  Stop with Ctrl-C.\n\n", url, demo.Domain)
}
