package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/devidp"
	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// trial is what the files of the trial say to each other.
type trial struct {
	compose struct {
		Services map[string]struct {
			Image       string
			Command     []string
			Environment map[string]string
			Volumes     []string
		}
	}
	dex struct {
		Issuer        string
		StaticClients []struct {
			ID           string   `yaml:"id"`
			RedirectURIs []string `yaml:"redirectURIs"`
		} `yaml:"staticClients"`
		StaticPasswords []struct {
			Email         string
			EmailVerified bool   `yaml:"emailVerified"`
			UserID        string `yaml:"userID"`
			Groups        []string
			Hash          string
		} `yaml:"staticPasswords"`
	}
	people string
}

func readTrial(t *testing.T) trial {
	t.Helper()
	var out trial
	file := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join("..", "..", "deploy", name))
		require.NoError(t, err)
		return text
	}
	require.NoError(t, yaml.Unmarshal(file("compose.yaml"), &out.compose))
	require.NoError(t, yaml.Unmarshal(file("dex.yaml"), &out.dex))
	out.people = string(file("trial-people.csv"))
	return out
}

// settings are those of the container, which reads secrets from files.
func (c trial) settings(t *testing.T, service string) config.Config {
	t.Helper()
	env := c.compose.Services[service].Environment
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("s3cret"), 0o600))
	cfg, err := config.FromEnv(func(name string) (string, bool) {
		value, ok := env[name]
		if strings.HasPrefix(value, "/run/secrets/") {
			value = secret
		}
		return value, ok
	})
	require.NoError(t, err)
	return cfg
}

// The trial ends with somebody who is signed in as HR: the files agree, the people
// are imported, and the groups of Dex give the role.
func TestTheTrialEndsSignedInAsHR(t *testing.T) {
	c := readTrial(t)
	set := c.settings(t, "rung")
	require.Equal(t, set, withSecretsOf(set, c.settings(t, "people")), "both containers have the same settings")
	require.Equal(t, c.dex.Issuer, set.OIDC.Issuer)
	require.Equal(t, set.OIDC.ClientID, c.dex.StaticClients[0].ID)
	require.Equal(t, []string{set.PublicURL + "/auth/callback"}, c.dex.StaticClients[0].RedirectURIs)
	require.Contains(t, c.compose.Services["people"].Volumes, "./trial-people.csv:"+c.compose.Services["people"].Command[2]+":ro")
	require.Contains(t, c.compose.Services["dex"].Image, ":v2.45.", "older ones have no groups for static passwords")

	personas := []devidp.Persona{}
	for _, p := range c.dex.StaticPasswords {
		require.NoError(t, bcrypt.CompareHashAndPassword([]byte(p.Hash), []byte("password")))
		personas = append(personas, devidp.Persona{Key: p.Email, Subject: p.UserID, Email: p.Email, EmailVerified: p.EmailVerified, Groups: p.Groups})
	}
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			r := apptest.Bare(t, address(t), func(cfg *config.Config) {
				cfg.OIDC = set.OIDC
				cfg.OIDC.Issuer = "http://" + listener.Addr().String()
			})
			dex, err := devidp.New(devidp.Config{
				Issuer: "http://" + listener.Addr().String(), ClientID: set.OIDC.ClientID, ClientSecret: set.OIDC.ClientSecret,
				RedirectURIs: []string{r.URL + "/auth/callback"}, Personas: personas, Style: devidp.Dex, Now: time.Now,
			})
			require.NoError(t, err)
			server := &http.Server{Handler: dex, ReadHeaderTimeout: time.Second}
			go func() { _ = server.Serve(listener) }()
			t.Cleanup(func() { _ = server.Close() })
			require.NoError(t, r.App.Bootstrap(context.Background()))
			report, err := r.App.Services.Importing.Import(apptest.System, importing.Input{
				File: "trial-people.csv", Spec: sheet.People,
				Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(c.people)), nil },
			})
			require.NoError(t, err)
			require.Equal(t, strings.Count(c.people, "\n")-1, report.Added)
			for who, want := range map[string][]string{"hr@example.com": {"employee", "hr"}, "engineer@example.com": {"employee"}} {
				browser := r.Nobody(t)
				res := browser.Do(http.MethodGet, "/auth/login?login_hint="+who, nil, nil)
				require.Equal(t, http.StatusOK, res.Status, res.Text())
				var me struct{ Roles []string }
				browser.Get("/me", &me)
				require.Equal(t, want, me.Roles, who)
			}
		})
	}
}

// withSecretsOf leaves out that the secret of a test is in a file of its own.
func withSecretsOf(of, c config.Config) config.Config {
	c.DatabaseURL, c.OIDC.ClientSecret = of.DatabaseURL, of.OIDC.ClientSecret
	return c
}
