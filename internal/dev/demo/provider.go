package demo

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/dev/devidp"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
)

// Provider is the demo's identity provider, running.
type Provider struct {
	issuer string
	server *http.Server
}

const (
	clientID     = "rung-demo"
	clientSecret = "not-a-secret"
)

// StartProvider starts an identity provider on a free loopback port that knows
// the personas and one client, the Rung at publicURL.
func StartProvider(publicURL string) (*Provider, error) {
	listener, err := devidp.Listen("localhost:0")
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, err
	}
	p := &Provider{issuer: "http://localhost:" + port}
	handler, err := devidp.New(devidp.Config{
		Issuer: p.issuer, ClientID: clientID, ClientSecret: clientSecret,
		RedirectURIs:           []string{publicURL + "/auth/callback"},
		PostLogoutRedirectURIs: []string{publicURL + "/auth/signed-out"},
		Personas:               accounts(), Now: clock.System{}.Now,
	})
	if err != nil {
		return nil, err
	}
	p.server = &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = p.server.Serve(listener) }()
	return p, nil
}

func accounts() []devidp.Persona {
	out := make([]devidp.Persona, 0, len(Personas))
	for _, p := range Personas {
		out = append(out, devidp.Persona{
			Key: p.Key, Subject: "demo-" + p.Key, Email: p.Email(), EmailVerified: true, Name: p.Name, Groups: p.Groups, Note: p.Note,
		})
	}
	return out
}

// Config is what Rung needs to sign people in here.
func (p *Provider) Config() config.OIDC {
	roles := map[string]string{}
	for _, persona := range Personas {
		for _, g := range persona.Groups {
			roles[g] = g[len("rung-"):]
		}
	}
	return config.OIDC{Issuer: p.issuer, ClientID: clientID, ClientSecret: clientSecret, GroupsClaim: "groups", Roles: roles}
}

// Stop ends the provider.
func (p *Provider) Stop() { _ = p.server.Close() }

// SeedOnce makes the company, and a ladder in review, unless the database has a
// company.
func SeedOnce(ctx context.Context, a *app.App, c *clock.Fake, now time.Time, n int) error {
	found, err := a.Store.Read().Person.Query().Exist(actor.AsSystem(ctx, "is there a company"))
	if err != nil || found {
		return err
	}
	s := newSeeder(a, c, now, n)
	return s.run(ctx, s.addProposal)
}
