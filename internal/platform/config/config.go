// Package config reads Rung's settings from the environment. Each setting can
// also be given as NAME_FILE, the path of a file that holds it, so that secrets
// need not be in the environment.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rung-hr/rung/internal/platform/text"
)

// Config is everything that an operator can set.
type Config struct {
	DatabaseURL  string        // sqlite:PATH or postgres://…
	DatabaseWait time.Duration // how long a write waits for its turn
	PublicURL    string        // where people reach Rung, without a path
	Addr         string        // where Rung listens
	Company      string        // shown beside the name
	OIDC         OIDC
	SessionIdle  time.Duration // a session ends after this long without a request
	SessionMax   time.Duration // and after this long in any case
	// SessionPrivileged is the same for people with roles through groups of the
	// provider, so that a role taken away there does not live on here.
	SessionPrivileged time.Duration
	StepUp            time.Duration // exact pay needs a sign-in no older than this; 0 for any
	Proxies           []*net.IPNet  // whose X-Forwarded-For is trusted
	RetainDays        int           // how long a leaver's record keeps its name; 0 for forever
	Limits            Limits
	AuditDir          string   // the folder for the key of the audit trail and its newest checkpoint
	AuditKey          string   // signs checkpoints in place of the key in the folder; "" for that one
	AuditKnown        []string // public keys whose signatures count as well
}

// Limits are how often one source may send requests, in requests per second, with
// bursts of twenty times that. 0 means no limit.
type Limits struct {
	SignIn float64 // for each address
	Search float64 // for each session
}

// OIDC is how people sign in.
type OIDC struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	GroupsClaim  string            // the claim that lists groups
	Roles        map[string]string // group -> role or hr:DE/FR; other groups give nothing
	TrustEmail   bool              // an address counts as verified where the provider does not say either way
}

// defaultRoles are the groups that need no mapping.
const defaultRoles = "rung-hr=hr,rung-comp=comp,rung-approver=approver,rung-owner=owner,rung-admin=admin,rung-auditor=auditor"

// FromEnv reads the configuration with look (os.LookupEnv). All problems are
// returned at once.
func FromEnv(look func(string) (string, bool)) (Config, error) {
	r := reader{look: look}
	c := Config{
		DatabaseURL:  r.required("RUNG_DATABASE_URL"),
		DatabaseWait: r.duration("RUNG_DATABASE_WAIT", 5*time.Second),
		PublicURL:    strings.TrimRight(r.required("RUNG_PUBLIC_URL"), "/"),
		Addr:         r.optional("RUNG_ADDR", ":8080"),
		Company:      r.optional("RUNG_COMPANY", ""),
		SessionIdle:  r.duration("RUNG_SESSION_IDLE", 12*time.Hour),
		SessionMax:   r.duration("RUNG_SESSION_MAX", 7*24*time.Hour),

		SessionPrivileged: r.duration("RUNG_SESSION_PRIVILEGED", 8*time.Hour),
		RetainDays:        r.days("RUNG_RETAIN_LEAVERS", 0),
		AuditKey:          r.optional("RUNG_AUDIT_KEY", ""),
		AuditKnown:        strings.Fields(r.optional("RUNG_AUDIT_KNOWN_KEYS", "")),
		StepUp:            r.duration("RUNG_STEP_UP", 30*time.Minute),
		Proxies:           r.networks("RUNG_TRUSTED_PROXIES"),
		Limits:            Limits{SignIn: r.rate("RUNG_SIGN_IN_RATE", 5), Search: r.rate("RUNG_SEARCH_RATE", 10)},
		OIDC: OIDC{
			Issuer:       r.required("RUNG_OIDC_ISSUER"),
			ClientID:     r.required("RUNG_OIDC_CLIENT_ID"),
			ClientSecret: r.required("RUNG_OIDC_CLIENT_SECRET"),
			GroupsClaim:  r.optional("RUNG_OIDC_GROUPS_CLAIM", "groups"),
			TrustEmail:   r.truth("RUNG_OIDC_TRUST_EMAIL", false),
		},
	}
	c.AuditDir = r.optional("RUNG_AUDIT_DIR", besideDatabase(c.DatabaseURL))
	c.OIDC.Roles = r.mapping("RUNG_OIDC_ROLES", defaultRoles)
	r.checkf(c.PublicURL == "" || SecureEnough(c.PublicURL), "RUNG_PUBLIC_URL: want https://host, or http:// on a loopback address, have %q", c.PublicURL)
	return c, errors.Join(r.problems...)
}

// besideDatabase is a folder beside the file of SQLite. There is no place that
// would suit every PostgreSQL.
func besideDatabase(address string) string {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok || path == "" {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	return path + "-audit"
}

// SecureEnough reports whether sign-in may run at the address: over https, or
// over http on this machine only.
func SecureEnough(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

type reader struct {
	look     func(string) (string, bool)
	problems []error
}

func (r *reader) checkf(ok bool, format string, args ...any) {
	if !ok {
		r.problems = append(r.problems, fmt.Errorf(format, args...))
	}
}

func (r *reader) optional(name, fallback string) string {
	if v, ok := r.look(name); ok && v != "" {
		return v
	}
	path, ok := r.look(name + "_FILE")
	if !ok || path == "" {
		return fallback
	}
	text, err := os.ReadFile(path)
	r.checkf(err == nil, "%s_FILE: cannot read the file: %v", name, err)
	return strings.TrimSpace(string(text))
}

func (r *reader) required(name string) string {
	v := r.optional(name, "")
	r.checkf(v != "", "%s is not set (or %s_FILE)", name, name)
	return v
}

func (r *reader) duration(name string, fallback time.Duration) time.Duration {
	text := r.optional(name, fallback.String())
	d, err := time.ParseDuration(text)
	r.checkf(err == nil && d > 0, "%s: want a duration such as 12h, have %q", name, text)
	return d
}

func (r *reader) truth(name string, fallback bool) bool {
	text := r.optional(name, strconv.FormatBool(fallback))
	yes, err := strconv.ParseBool(text)
	r.checkf(err == nil, "%s: want true or false, have %q", name, text)
	return yes
}

func (r *reader) days(name string, fallback int) int {
	text := r.optional(name, strconv.Itoa(fallback))
	n, err := strconv.Atoi(text)
	r.checkf(err == nil && n >= 0, "%s: want a number of days such as 730, or 0 for forever, have %q", name, text)
	return n
}

func (r *reader) rate(name string, fallback float64) float64 {
	text := r.optional(name, strconv.FormatFloat(fallback, 'g', -1, 64))
	n, err := strconv.ParseFloat(text, 64)
	r.checkf(err == nil && n >= 0 && n < 1e6, "%s: want requests per second such as 5, or 0 for no limit, have %q", name, text)
	return n
}

func (r *reader) networks(name string) []*net.IPNet {
	var out []*net.IPNet
	for text := range strings.FieldsFuncSeq(r.optional(name, ""), func(c rune) bool { return c == ',' || c == ' ' }) {
		_, network, err := net.ParseCIDR(text)
		r.checkf(err == nil, "%s: want networks such as 10.0.0.0/8, separated by commas, have %q", name, text)
		out = append(out, network)
	}
	return out
}

func (r *reader) mapping(name, fallback string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(r.optional(name, fallback), ",") {
		group, role, ok := strings.Cut(strings.TrimSpace(pair), "=")
		r.checkf(ok && group != "" && role != "", "%s: want group=role,group=role, have %q", name, pair)
		flaw := text.InvisibleInName(group)
		r.checkf(flaw == "", "%s: in the group %q, %s; %s", name, group, flaw, text.FixInvisible)
		out[group] = role
	}
	return out
}
