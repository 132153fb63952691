package config_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/config"
)

func env(values map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := values[name]; return v, ok }
}

func complete(t *testing.T) map[string]string {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("s3cret\n"), 0o600))
	return map[string]string{
		"RUNG_DATABASE_URL": "sqlite:rung.db", "RUNG_PUBLIC_URL": "https://rung.example.test/", "RUNG_OIDC_ISSUER": "https://id.example.test",
		"RUNG_OIDC_CLIENT_ID": "rung", "RUNG_OIDC_CLIENT_SECRET_FILE": secret,
	}
}

func TestDefaultsAndSecretsFromFiles(t *testing.T) {
	c, err := config.FromEnv(env(complete(t)))
	require.NoError(t, err)
	require.Equal(t, "s3cret", c.OIDC.ClientSecret)
	require.Equal(t, "https://rung.example.test", c.PublicURL)
	require.Equal(t, ":8080", c.Addr)
	require.Equal(t, "hr", c.OIDC.Roles["rung-hr"])
	require.Equal(t, 12*time.Hour, c.SessionIdle)
}

func TestEveryProblemAtOnce(t *testing.T) {
	_, err := config.FromEnv(env(map[string]string{"RUNG_PUBLIC_URL": "http://rung.example.test", "RUNG_SESSION_IDLE": "soon", "RUNG_OIDC_ROLES": "hr", "RUNG_OIDC_CLIENT_SECRET_FILE": "/no/such/file"}))
	for _, want := range []string{"RUNG_DATABASE_URL is not set", "RUNG_PUBLIC_URL: want https", "RUNG_SESSION_IDLE: want a duration", "RUNG_OIDC_ROLES: want group=role", "RUNG_OIDC_ISSUER is not set", "CLIENT_SECRET_FILE: cannot read"} {
		require.ErrorContains(t, err, want)
	}
}

func TestPlainHTTPOnlyOnLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://rung.example.test": true, "http://localhost:8080": true, "http://127.0.0.1": true, "http://[::1]:8080": true,
		"http://rung.example.test": false, "http://10.0.0.1": false, "rung.example.test": false, "ftp://localhost": false, "": false,
	} {
		require.Equal(t, ok, config.SecureEnough(address), address)
	}
}
