// Package home collects what is waiting for one person: the first screen, the
// team's screen and the numbers in the navigation. It decides nothing; it reads
// through the same scopes as everything else.
package home

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/sessions"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Parts are what the first screens are built from.
type Parts struct {
	usecase.Base
	Company     string
	Rubrics     Rubrics
	Assessments Assessments
	Cases       Cases
	Evidence    Evidence
	SignIns     *sessions.Service
}

// Service is the use cases of the first screens.
type Service struct{ Parts }

// New returns the use cases.
func New(p Parts) *Service { return &Service{p} }

// Me is the signed-in person and what the navigation shows them.
type Me struct {
	Person    Self     `json:"person"`
	Company   string   `json:"company"`
	Roles     []string `json:"roles"`
	IsManager bool     `json:"isManager"`
	Can       []string `json:"can" doc:"parts of the program that you can open"`
	Badges    Badges   `json:"badges"`
	Viewer    string   `json:"viewer,omitempty" doc:"the person who is viewing as this person, read only"`
	Notice    string   `json:"notice,omitempty" doc:"what you should know about this sign-in, such as that the identity provider did not send your groups"`
}

// Self is the reader.
type Self struct {
	process.PersonRef
	Email       string `json:"email"`
	Location    string `json:"location"`
	TimeZone    string `json:"timeZone"`
	Track       string `json:"track"`
	ManagerName string `json:"managerName,omitempty"`
}

// Badges are the numbers in the navigation.
type Badges struct {
	Assessment *Progress `json:"assessment,omitempty"`
	Promotion  int       `json:"promotion"`
	Team       int       `json:"team"`
	Panel      int       `json:"panel"`
}

// Progress is how far a draft is.
type Progress struct {
	Done  int       `json:"done"`
	Total int       `json:"total"`
	DueAt time.Time `json:"dueAt"`
}

// Me returns the signed-in person with what they can open and how much is waiting
// for them. Everybody may ask about themselves. It returns a SignedOut fault
// without an actor and a NotFound fault when the person no longer exists.
func (s *Service) Me(ctx context.Context) (Me, error) {
	p, row, err := s.reader(ctx)
	if err != nil {
		return Me{}, err
	}
	team, err := s.Team(ctx)
	if err != nil {
		return Me{}, err
	}
	cases, err := s.openCases(ctx)
	if err != nil {
		return Me{}, err
	}
	ballots, err := s.Cases.Ballots(ctx)
	if err != nil {
		return Me{}, err
	}
	me := Me{
		Person: selfOf(row), Company: s.Company, Roles: p.Roles, IsManager: len(team.Rows) > 0,
	}
	me.Badges.Promotion = waiting(cases, p.ID)
	me.Badges.Panel = unsealed(ballots)
	for _, r := range team.Rows {
		if r.YourTurn {
			me.Badges.Team++
		}
	}
	if p.Viewer != nil {
		me.Viewer = p.Viewer.Name
		me.Can = s.can(ctx, len(team.Rows) > 0, len(ballots) > 0)
		return me, nil
	}
	if me.Badges.Assessment, err = s.ownProgress(ctx, p.ID); err != nil {
		return Me{}, err
	}
	notice, err := s.SignIns.NoticeOf(ctx, p.SessionID)
	if err != nil {
		return Me{}, err
	}
	me.Notice = notice.Text()
	me.Can = s.can(ctx, len(team.Rows) > 0, len(ballots) > 0)
	return me, nil
}

func (s *Service) reader(ctx context.Context) (actor.Person, *db.Person, error) {
	p, err := actor.Require(ctx)
	if err != nil {
		return p, nil, err
	}
	row, err := s.Store.Read().Person.Query().Where(person.ID(p.ID)).WithManager().Only(ctx)
	return p, row, store.Found(err)
}

func selfOf(p *db.Person) Self {
	out := Self{PersonRef: process.RefOf(p), Email: p.Email, Location: p.Location, TimeZone: p.TimeZone, Track: p.Track}
	if m := p.Edges.Manager; m != nil {
		out.ManagerName = m.Name
	}
	return out
}

// can lists the parts of the program; the front end builds its navigation from
// this list and never from role names.
func (s *Service) can(ctx context.Context, manages, sits bool) []string {
	out := []string{"evidence", "ladders", "people", "sessions"}
	add := func(ok bool, part string) {
		if ok {
			out = append(out, part)
		}
	}
	p := actor.Of(ctx)
	add(true, "cases.own")
	add(manages, "team")
	add(manages, "cases.manage")
	add(sits, "panel")
	add(slices.Contains(s.Access.Matrix().Relations(p.Roles, access.Cases, access.Read), access.HRScope), "cases.all")
	add(s.Access.May(ctx, access.Bands, access.Read), "bands")
	add(s.Access.May(ctx, access.Bands, access.Import), "bands.import")
	add(s.Access.May(ctx, access.People, access.Import), "people.import")
	add(s.Access.May(ctx, access.Settings, access.Update), "settings")
	add(s.Access.May(ctx, access.Pay, access.Import), "pay.import")
	add(s.Access.May(ctx, access.Drafts, access.Update), "ladders.edit")
	add(s.Access.May(ctx, access.Audit, access.Read) || s.Access.May(ctx, access.Evaluations, access.Approve), "audit")
	add(s.Access.May(ctx, access.RoleGrants, access.Read), "roles")
	add(s.Access.May(ctx, access.Tokens, access.Read), "tokens")
	add(slices.Contains(s.Access.Matrix().Relations(p.Roles, access.People, access.ViewAs), access.HRScope), "people.view_as")
	add(s.Access.May(ctx, access.Sessions, access.Delete), "sessions.all")
	explains := s.Access.Matrix().Relations(p.Roles, access.Explained, access.Read)
	scoped := slices.Contains(explains, access.HRScope)
	add(scoped, "corrections")
	add(scoped, "holds")
	add(slices.Contains(explains, access.HRScope) || slices.Contains(explains, access.Any), "explain.others")
	return out
}

func (s *Service) openCases(ctx context.Context) ([]Case, error) {
	return s.Cases.List(ctx, "")
}

// waiting counts the reader's own cases in which it is their turn.
func waiting(rows []Case, reader uuid.UUID) int {
	n := 0
	for _, r := range rows {
		if r.Bar.Turn.You && r.Person.ID == reader {
			n++
		}
	}
	return n
}

func unsealed(list []Ballot) int {
	n := 0
	for _, b := range list {
		if b.Bar.Turn.You && (b.Bar.State != "blind_vote" || b.Mine != "sealed") {
			n++ // a ballot to seal, or a decision to sign
		}
	}
	return n
}
