// Package audit keeps the trail: who did what to which thing. A use case records
// in the transaction of its change. A record has ids, states and counts, never
// pay and never people's words.
package audit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/txmark"
)

// Action is one entry of the closed catalogue of what the trail can record.
type Action string

// The catalogue.
const (
	SignedIn            Action = "session.signed_in"
	SignInRefused       Action = "session.refused"
	SignedOut           Action = "session.signed_out"
	RolesChanged        Action = "person.roles_changed"
	RoleAsked           Action = "role.asked"
	RoleGranted         Action = "role.granted"
	RoleRefused         Action = "role.refused"
	RoleEnded           Action = "role.ended"
	SessionsEnded       Action = "session.all_ended"
	ViewedAs            Action = "person.viewed_as"
	ViewedAsEnded       Action = "person.viewed_as_ended"
	Explained           Action = "access.explained"
	EvaluationAsked     Action = "evaluation.asked"
	EvaluationDecided   Action = "evaluation.decided"
	EvaluationRead      Action = "evaluation.read"
	TrailExported       Action = "audit.exported"
	RecordExported      Action = "record.exported"
	RectificationAsked  Action = "record.rectification_asked"
	RectificationClosed Action = "record.rectification_answered"
	HoldPlaced          Action = "hold.placed"
	HoldLifted          Action = "hold.lifted"
	PersonAnonymised    Action = "person.anonymised"
	PeopleImported      Action = "people.imported"
	MappingKept         Action = "import.mapping_kept"
	LadderPublished     Action = "ladder.published"
	LadderDrafted       Action = "ladder.drafted"
	LadderEdited        Action = "ladder.edited"
	LadderReviewAsked   Action = "ladder.review_asked"
	LadderReturned      Action = "ladder.returned"
	LadderDiscarded     Action = "ladder.discarded"
	LadderCommented     Action = "ladder.commented"
	LadderShown         Action = "ladder.public_link_switched"
	LadderRetired       Action = "ladder.retired"
	LadderUnits         Action = "ladder.units_chosen"
	AssessmentMoved     Action = "assessment.moved_to_version"
	CycleOpened         Action = "cycle.opened"
	EvidenceLogged      Action = "evidence.logged"
	EvidenceChanged     Action = "evidence.changed"
	EvidenceDeleted     Action = "evidence.deleted"
	AssessmentStarted   Action = "assessment.started"
	AssessmentRetarget  Action = "assessment.target_changed"
	AssessmentPlaced    Action = "assessment.placed"
	AssessmentSubmitted Action = "assessment.submitted"
	AssessmentRecalled  Action = "assessment.recalled"
	AssessmentRead      Action = "assessment.read"
	CaseOpened          Action = "case.opened"
	CaseMoved           Action = "case.moved"
	RuleWaived          Action = "case.rule_waived"
	WaiverEnded         Action = "case.waiver_ended"
	SettingsChanged     Action = "company.settings_changed"
	PacketFrozen        Action = "packet.frozen"
	PacketRead          Action = "packet.read"
	PanelSeated         Action = "panel.seated"
	SeatRecused         Action = "panel.recused"
	BallotSealed        Action = "ballot.sealed"
	VoteClosed          Action = "vote.closed"
	DecisionSigned      Action = "decision.signed"
	LevelChanged        Action = "person.level_changed"
	LevelsRenamed       Action = "person.levels_renamed"
	BandsImported       Action = "bands.imported"
	PayImported         Action = "pay.imported"
	PayRead             Action = "pay.read"
)

// reads are the actions that tell owners who opened their data.
var reads = []string{string(AssessmentRead), string(PacketRead), string(PayRead), string(ViewedAs), string(Explained)}

// ToOwner says what an action was to the person whose data was opened: "your
// pay".
func (a Action) ToOwner() string { return ownerWords[a] }

var ownerWords = map[Action]string{
	AssessmentRead: "your assessment", PacketRead: "your packet", PayRead: "your pay",
	ViewedAs: "looked at Rung as you", Explained: "asked what you may see",
}

// Withheld are the actions that tell who read whose data. Evaluating them takes
// two people.
var Withheld = []string{string(AssessmentRead), string(PacketRead), string(PayRead)}

// Entry is one thing that happened.
type Entry struct {
	Action   Action
	Resource string            // the kind of thing
	ID       uuid.UUID         // the thing; uuid.Nil for none
	Owner    uuid.UUID         // whose data it is; uuid.Nil for nobody's
	Facts    map[string]string // states, versions, counts
}

// Trail writes to and reads from the audit trail.
type Trail struct{ clock clock.Clock }

// New returns a trail that takes its times from c.
func New(c clock.Clock) *Trail { return &Trail{clock: c} }

// Record writes an entry in the caller's transaction, with the actor of the
// context. Anybody may cause one: the use case has checked the right. It returns
// no fault of its own.
func (t *Trail) Record(ctx context.Context, tx *db.Client, e Entry) error {
	create := tx.AuditEvent.Create().
		SetAt(t.clock.Now()).
		SetAction(string(e.Action)).
		SetResource(e.Resource).
		SetFacts(e.Facts).
		SetNillableResourceID(optional(e.ID)).
		SetNillableOwnerID(optional(e.Owner))
	if p, ok := actor.From(ctx); ok {
		create.SetActorID(p.RealID()).SetRequestID(p.RequestID)
	} else if reason, ok := actor.SystemReason(ctx); ok {
		create.SetReason(reason)
	}
	if err := create.Exec(ctx); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	txmark.Recorded(ctx)
	return nil
}

// readsAtOnce is how many owners one statement names; databases limit the number
// of values in a statement.
const readsAtOnce = 1000

// RecordReads records that the context's actor read data of each of the owners:
// one record for each owner and day, however often the actor looks. It takes two
// statements for every thousand owners. Anybody may cause it: the use case has
// checked the right. It returns no fault of its own.
func (t *Trail) RecordReads(ctx context.Context, tx *db.Client, action Action, resource string, owners []uuid.UUID) error {
	reader, ok := actor.From(ctx)
	if !ok {
		return nil
	}
	for some := range slices.Chunk(owners, readsAtOnce) {
		if err := t.recordReads(ctx, tx, reader, action, resource, some); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	txmark.Recorded(ctx)
	return nil
}

func (t *Trail) recordReads(ctx context.Context, tx *db.Client, reader actor.Person, action Action, resource string, owners []uuid.UUID) error {
	now := t.clock.Now()
	var known []uuid.UUID
	err := tx.AuditEvent.Query().
		Where(auditevent.OwnerIDIn(owners...), auditevent.Action(string(action)),
			auditevent.AtGTE(clock.DateOf(now).Time()), auditevent.ActorID(reader.RealID())).
		Select(auditevent.FieldOwnerID).Scan(ctx, &known)
	if err != nil {
		return err
	}
	seen := make(map[uuid.UUID]bool, len(known))
	for _, owner := range known {
		seen[owner] = true
	}
	var rows []*db.AuditEventCreate
	for _, owner := range owners {
		if !seen[owner] {
			rows = append(rows, tx.AuditEvent.Create().SetAt(now).SetAction(string(action)).SetResource(resource).
				SetOwnerID(owner).SetActorID(reader.RealID()).SetRequestID(reader.RequestID))
		}
	}
	return tx.AuditEvent.CreateBulk(rows...).Exec(ctx)
}

// ReadBy is one time that somebody opened another person's data.
type ReadBy struct {
	ID     uuid.UUID
	Reader uuid.UUID
	Action Action
	At     time.Time
}

// Readers lists who opened the owner's data, newest first, at most limit. The
// owner's own reads are left out. Unless before is uuid.Nil, only older events
// are listed. Only the owner may ask, which the caller checks. It returns no
// fault of its own.
func (t *Trail) Readers(ctx context.Context, client *db.Client, owner, before uuid.UUID, limit int) ([]ReadBy, error) {
	q := client.AuditEvent.Query().
		Where(auditevent.OwnerID(owner), auditevent.ActionIn(reads...), auditevent.ActorIDNEQ(owner)).
		Order(db.Desc(auditevent.FieldAt), db.Desc(auditevent.FieldID)).
		Limit(limit)
	if before != uuid.Nil {
		q.Where(auditevent.IDLT(before))
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ReadBy, 0, len(rows))
	for _, r := range rows {
		out = append(out, ReadBy{ID: r.ID, Reader: *r.ActorID, Action: Action(r.Action), At: r.At})
	}
	return out, nil
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
