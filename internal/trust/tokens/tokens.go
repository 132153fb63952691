// Package tokens keeps the secrets with which programs get access, such as an
// identity provider that provisions people. Only the hash of a secret is kept.
package tokens

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/token"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/platform/txmark"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Prefix starts every secret, so that a leaked one can be recognised.
const Prefix = "rung_scim_"

// The scopes that a token can have.
const (
	Read  = "scim:read"
	Write = "scim:write"
)

const (
	secretBytes = 32
	hintLength  = 4
	maxDays     = 366
	usedEvery   = time.Minute
	listLimit   = 200
)

// Roles says whom a person acts as.
type Roles interface {
	ActorOf(ctx context.Context, p *db.Person) (actor.Person, error)
}

// Service is the use cases around tokens.
type Service struct {
	usecase.Base
	roles Roles
}

// New returns the use cases.
func New(b usecase.Base, r Roles) *Service {
	return &Service{Base: b, roles: r}
}

// Token is a token without its secret.
type Token struct {
	ID        uuid.UUID         `json:"id"`
	Name      string            `json:"name"`
	Hint      string            `json:"hint" doc:"the last characters of the secret"`
	Scopes    []string          `json:"scopes"`
	State     string            `json:"state" enum:"active,expired,revoked"`
	CreatedBy process.PersonRef `json:"createdBy"`
	CreatedAt time.Time         `json:"createdAt"`
	ExpiresAt time.Time         `json:"expiresAt"`
	UsedAt    *time.Time        `json:"usedAt" doc:"to the minute; null before the first use"`
	RevokedAt *time.Time        `json:"revokedAt"`
}

// Created is a new token with its secret, which is shown only once.
type Created struct {
	Token
	Secret string `json:"secret" doc:"shown once; Rung keeps only its hash"`
}

// Draft describes a new token.
type Draft struct {
	Name      string
	Scopes    []string
	ExpiresOn clock.Date // the last day
}

// List returns all tokens, the newest first, at most 200. Platform admins may
// ask. It returns a Forbidden fault to everybody else.
func (s *Service) List(ctx context.Context) ([]Token, error) {
	if err := s.Access.Require(ctx, access.Tokens, access.Read); err != nil {
		return nil, err
	}
	rows, err := s.Store.Read().Token.Query().WithCreatedBy().Order(db.Desc(token.FieldCreatedAt), db.Desc(token.FieldID)).Limit(listLimit).All(ctx)
	out := make([]Token, 0, len(rows))
	for _, r := range rows {
		out = append(out, s.view(r))
	}
	return out, err
}

func (s *Service) view(r *db.Token) Token {
	t := Token{
		ID: r.ID, Name: r.Name, Hint: r.Hint, Scopes: r.Scopes, State: "active", CreatedBy: process.RefOf(r.Edges.CreatedBy),
		CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, UsedAt: r.UsedAt, RevokedAt: r.RevokedAt,
	}
	switch {
	case r.RevokedAt != nil:
		t.State = "revoked"
	case !s.Clock.Now().Before(r.ExpiresAt):
		t.State = "expired"
	}
	return t
}

// Create makes a token and returns its secret, this one time. Platform admins may
// create tokens. It returns an Invalid fault that names everything wrong with the
// draft, and a Forbidden fault to everybody else.
func (s *Service) Create(ctx context.Context, d Draft) (Created, error) {
	if err := s.Access.Require(ctx, access.Tokens, access.Create); err != nil {
		return Created{}, err
	}
	me, ok := actor.From(ctx)
	if !ok {
		return Created{}, fault.Denied("Only a person can make a token.")
	}
	d.Name = strings.TrimSpace(d.Name)
	if err := s.check(d); err != nil {
		return Created{}, err
	}
	secret := Prefix + base64.RawURLEncoding.EncodeToString(clock.Random(secretBytes))
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Token.Create().SetName(d.Name).SetTokenHash(hash(secret)).SetHint(secret[len(secret)-hintLength:]).
			SetScopes(d.Scopes).SetCreatedByID(me.ID).SetCreatedAt(s.Clock.Now()).SetExpiresAt(d.ExpiresOn.AddDays(1).Time()).Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.TokenCreated, Resource: "token", ID: id,
			Facts: map[string]string{"scopes": strings.Join(d.Scopes, " "), "expires": string(d.ExpiresOn)},
		})
	})
	if err != nil {
		return Created{}, err
	}
	row, err := s.Store.Read().Token.Query().Where(token.ID(id)).WithCreatedBy().Only(ctx)
	if err != nil {
		return Created{}, err
	}
	return Created{s.view(row), secret}, nil
}

func (s *Service) check(d Draft) error {
	var bad []fault.Detail
	fail := func(field, message, fix string) {
		bad = append(bad, fault.Detail{Pointer: "/" + field, Field: field, Message: message, Fix: fix})
	}
	if d.Name == "" || text.Longer(d.Name, 200) || strings.IndexFunc(d.Name, unicode.IsControl) >= 0 {
		fail("name", "the name is empty, too long or has characters that cannot be displayed", "name the provider, such as Okta")
	}
	if len(d.Scopes) == 0 {
		fail("scopes", "the token allows nothing", "choose scim:read, scim:write or both")
	}
	for _, scope := range d.Scopes {
		if scope != Read && scope != Write {
			fail("scopes", "there is no scope "+scope, "choose scim:read, scim:write or both")
		}
	}
	today := clock.DateOf(s.Clock.Now())
	if _, err := clock.ParseDate(string(d.ExpiresOn)); err != nil || d.ExpiresOn < today || d.ExpiresOn > today.AddDays(maxDays-1) {
		fail("expiresOn", "the last day is not between today and 366 days from now", "choose a day before "+string(today.AddDays(maxDays)))
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The token has errors.", bad...)
}

// Revoke ends a token at once; revoking it again changes nothing. Platform admins
// may revoke tokens. It returns a NotFound fault when there is no such token and
// a Forbidden fault otherwise.
func (s *Service) Revoke(ctx context.Context, id uuid.UUID) error {
	if err := s.Access.Require(ctx, access.Tokens, access.Delete); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Token.Get(ctx, id)
		if err != nil || row.RevokedAt != nil {
			return err
		}
		if err := tx.Token.UpdateOne(row).SetRevokedAt(s.Clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.TokenRevoked, Resource: "token", ID: id})
	})
}

// Use returns the token of a secret with the person who made it, who answers for
// what is done with it, and records its use, at most once a minute. Any program
// may call it, before anybody is known. It returns a SignedOut fault when the
// secret is unknown, expired or revoked.
func (s *Service) Use(ctx context.Context, secret string) (Token, actor.Person, error) {
	ctx = actor.AsSystem(ctx, "token look-up")
	row, err := s.Store.Read().Token.Query().Where(token.TokenHash(hash(secret))).WithCreatedBy().Only(ctx)
	if db.IsNotFound(err) {
		return Token{}, actor.Person{}, errRefused()
	}
	if err != nil {
		return Token{}, actor.Person{}, err
	}
	t := s.view(row)
	if t.State != "active" {
		return Token{}, actor.Person{}, errRefused()
	}
	maker, err := s.roles.ActorOf(ctx, row.Edges.CreatedBy)
	if err != nil {
		return Token{}, actor.Person{}, err
	}
	now := s.Clock.Now()
	if row.UsedAt != nil && now.Sub(*row.UsedAt) < usedEvery {
		return t, maker, nil
	}
	return t, maker, s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		txmark.Recorded(ctx) // a use does not change the token; what the program does is recorded on its own
		return tx.Token.Update().Where(token.ID(row.ID)).SetUsedAt(now).Exec(ctx)
	})
}

// Allows reports whether the token has a scope; writing includes reading.
func (t Token) Allows(scope string) bool {
	return slices.Contains(t.Scopes, scope) || scope == Read && slices.Contains(t.Scopes, Write)
}

func errRefused() error {
	return fault.New(fault.SignedOut, "The token is unknown, has expired or has been revoked.")
}

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
