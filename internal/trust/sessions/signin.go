package sessions

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/identity"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Proof is what the identity provider says about a person who signs in. The
// caller must have verified it.
type Proof struct {
	Issuer, Subject string
	Email           string // lower case
	EmailVerified   bool
	VerifiedUntold  bool     // the provider says neither that the address is verified nor that it is not
	Groups          []string // nil if the provider does not tell
	GroupsLeftOut   bool     // there are more groups than the provider puts into a token
	ProviderSession string
	IDToken         string
	Age             time.Duration // since the person proved their identity
	UserAgent       string
	Replaces        string // the secret of the browser's previous session; empty for none
}

// Refusal is why a person with a proven identity may not sign in.
type Refusal string

// The refusals.
const (
	NoEmail         Refusal = "there is no e-mail address"
	Unverified      Refusal = "the e-mail address is not verified"
	VerifiedUntold  Refusal = "the provider does not say whether the e-mail address is verified"
	UnknownPerson   Refusal = "nobody in the directory has the e-mail address"
	LinkedElsewhere Refusal = "another account is linked to the person"
	Disabled        Refusal = "the person is not active"
)

type errRefused struct {
	why Refusal
	who uuid.UUID // uuid.Nil when nobody is known
}

func (e errRefused) Error() string { return "sessions: " + string(e.why) }

// RefusedFor returns why SignIn refused; it is empty for other errors and for
// none.
func RefusedFor(err error) Refusal {
	var refused errRefused
	errors.As(err, &refused)
	return refused.why
}

// SignIn finds the person of a proof, takes over their groups and starts a
// session that replaces the one the browser had. Every active person may sign in.
// It returns the secret of the session, which only the browser keeps. It returns
// no fault of its own; RefusedFor tells from the error why it refused.
func (s *Service) SignIn(ctx context.Context, who Proof) (secret string, err error) {
	secret = Secret()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := s.findPerson(ctx, tx, who)
		if err != nil {
			return err
		}
		notice, err := s.takeGroups(ctx, tx, p, who)
		if err != nil {
			return err
		}
		return s.replaceSession(ctx, tx, p, who, secret, notice)
	})
	if refused, ok := errors.AsType[errRefused](err); ok {
		err = errors.Join(err, s.RecordRefused(ctx, refused.who, string(refused.why)))
	}
	return secret, err
}

// RecordRefused records that somebody could not sign in and why; the person is
// uuid.Nil when nobody is known. Sign-in calls it, for what it refused itself, too;
// anybody may cause it, as often as sign-in is limited to. It returns no fault of
// its own.
func (s *Service) RecordRefused(ctx context.Context, person uuid.UUID, why string) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.SignInRefused, Resource: "session", Owner: person, Facts: map[string]string{"why": why},
		})
	})
}

// findPerson looks up issuer and subject. An e-mail address links an account to a
// person only once, and only if the provider has verified it.
func (s *Service) findPerson(ctx context.Context, tx *db.Client, who Proof) (*db.Person, error) {
	known, err := tx.Identity.Query().
		Where(identity.Issuer(who.Issuer), identity.Subject(who.Subject)).
		QueryPerson().Only(ctx)
	if db.IsNotFound(err) {
		known, err = s.link(ctx, tx, who)
	}
	if err != nil {
		return nil, err
	}
	if known.Status != person.StatusActive {
		return nil, errRefused{Disabled, known.ID}
	}
	return known, nil
}

func (s *Service) link(ctx context.Context, tx *db.Client, who Proof) (*db.Person, error) {
	switch {
	case who.Email == "":
		return nil, errRefused{why: NoEmail}
	case !who.EmailVerified && who.VerifiedUntold:
		return nil, errRefused{why: VerifiedUntold}
	case !who.EmailVerified:
		return nil, errRefused{why: Unverified}
	}
	p, err := tx.Person.Query().Where(person.Email(who.Email)).Only(ctx)
	if db.IsNotFound(err) {
		return nil, errRefused{why: UnknownPerson}
	}
	if err != nil {
		return nil, err
	}
	taken, err := tx.Identity.Query().Where(identity.PersonID(p.ID), identity.Issuer(who.Issuer)).Exist(ctx)
	if err != nil {
		return nil, err
	}
	if taken {
		return nil, errRefused{LinkedElsewhere, p.ID}
	}
	return p, tx.Identity.Create().
		SetIssuer(who.Issuer).SetSubject(who.Subject).SetPersonID(p.ID).SetCreatedAt(s.Clock.Now()).
		Exec(ctx)
}

// Notice is what a person should know about their sign-in.
type Notice string

// The notices.
const (
	GroupsLeftOut Notice = "groups_left_out"
	GroupsNotSent Notice = "groups_not_sent"
)

// Text is the notice in words; empty for none.
func (n Notice) Text() string {
	switch n {
	case GroupsLeftOut:
		return "The identity provider did not send your groups, because you are in more than fit. Your roles are those of your last sign-in. " +
			"The people who run the provider can limit what it sends to the groups that Rung knows."
	case GroupsNotSent:
		return "The identity provider sent no groups, so the roles that your groups gave you have ended. " +
			"If you are still in those groups, ask the people who run the provider to send them to Rung."
	}
	return ""
}

// takeGroups takes over what the groups of a sign-in give. A provider that leaves
// groups out because there are too many has not said that somebody is in none, so
// roles stay as they are; a role that ends since no groups came is named.
func (s *Service) takeGroups(ctx context.Context, tx *db.Client, p *db.Person, who Proof) (Notice, error) {
	had := strings.Join(p.LoginRoles, " ")
	if who.GroupsLeftOut && who.Groups == nil {
		return GroupsLeftOut, s.recordGroups(ctx, tx, p.ID, GroupsLeftOut, "kept", had)
	}
	if err := s.roles.SignedIn(ctx, tx, p, who.Groups); err != nil {
		return "", err
	}
	if who.Groups != nil || had == "" {
		return "", nil
	}
	return GroupsNotSent, s.recordGroups(ctx, tx, p.ID, GroupsNotSent, "ended", had)
}

func (s *Service) recordGroups(ctx context.Context, tx *db.Client, person uuid.UUID, why Notice, what, roles string) error {
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.GroupsNotSent, Resource: "session", Owner: person, Facts: map[string]string{"why": string(why), what: roles},
	})
}

// NoticeOf is the notice of a session. Everybody may ask about their own, which the
// caller sees to. It returns no fault of its own.
func (s *Service) NoticeOf(ctx context.Context, id uuid.UUID) (Notice, error) {
	row, err := s.Store.Read().Session.Query().Where(session.ID(id)).Select(session.FieldNotice).Only(ctx)
	if db.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return Notice(row.Notice), nil
}

const maxUserAgent = 300 // characters

func (s *Service) replaceSession(ctx context.Context, tx *db.Client, p *db.Person, who Proof, secret string, notice Notice) error {
	if who.Replaces != "" {
		if _, err := tx.Session.Delete().Where(session.TokenHash(hash(who.Replaces))).Exec(ctx); err != nil {
			return err
		}
	}
	now := s.Clock.Now()
	created, err := tx.Session.Create().
		SetTokenHash(hash(secret)).
		SetPersonID(p.ID).
		SetIssuer(who.Issuer).
		SetSubject(who.Subject).
		SetProviderSession(who.ProviderSession).
		SetIDToken(who.IDToken).
		SetNotice(string(notice)).
		SetUserAgent(text.Cut(who.UserAgent, maxUserAgent)).
		SetAuthenticatedAt(now.Add(-who.Age)).SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(now.Add(s.limits.Max)).
		Save(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SignedIn, Resource: "session", ID: created.ID, Owner: p.ID})
}
