package audit_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditleaf"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// sealed is a trail with its sealer, and the address at which a test can reach
// the tables directly.
type sealed struct {
	t       *testing.T
	address string
	store   *store.Store
	clock   *clock.Fake
	trail   *audit.Trail
	dir     string // of the key
	*audit.Sealer
}

func eachSealed(t *testing.T, f func(t *testing.T, s *sealed)) {
	t.Helper()
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) { f(t, newSealed(t, url(t), "")) })
	}
}

func newSealed(t *testing.T, address, key string) *sealed {
	t.Helper()
	s, err := store.Open(address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	at := newClock()
	trail := audit.New(at)
	dir := t.TempDir()
	return &sealed{t, address, s, at, trail, dir, sealer(t, s, trail, audit.KeyPlace{Dir: dir, Private: key})}
}

// sealer is one that has started.
func sealer(t *testing.T, s audit.Database, trail *audit.Trail, p audit.KeyPlace) *audit.Sealer {
	t.Helper()
	out := audit.NewSealer(s, trail, p)
	_, err := out.Start()
	require.NoError(t, err)
	return out
}

// key is the public one.
func (s *sealed) key() string {
	s.t.Helper()
	key, err := s.PublicKey()
	require.NoError(s.t, err)
	return key
}

// write records n events, a second apart.
func (s *sealed) write(n int) {
	s.t.Helper()
	for i := range n {
		s.clock.Advance(time.Second)
		record(as(newID()), s.t, s.store, s.trail, audit.Entry{Action: audit.CaseMoved, Resource: "case", ID: newID(), Facts: map[string]string{"n": fmt.Sprint(i)}})
	}
}

func (s *sealed) seal() {
	s.t.Helper()
	require.NoError(s.t, s.Seal(system))
}

func (s *sealed) verify(kept *audit.Checkpoint) audit.Verdict {
	s.t.Helper()
	v, err := s.Verify(system, kept)
	require.NoError(s.t, err)
	return v
}

// head is the newest checkpoint, as somebody would keep it.
func (s *sealed) head() *audit.Checkpoint {
	s.t.Helper()
	c, err := s.Checkpoint(s.verify(nil).Head)
	require.NoError(s.t, err)
	return &c
}

func (s *sealed) leaves() []*db.AuditLeaf {
	s.t.Helper()
	rows, err := s.store.Read().AuditLeaf.Query().Order(db.Asc(auditleaf.FieldPlace)).All(system)
	require.NoError(s.t, err)
	return rows
}

func (s *sealed) hashes() [][]byte {
	s.t.Helper()
	var out [][]byte
	for _, l := range s.leaves() {
		out = append(out, l.Hash)
	}
	return out
}

// tamper changes the tables directly, without their triggers.
func (s *sealed) tamper(statements ...string) {
	s.t.Helper()
	driver, source := "sqlite", "file:"+strings.TrimPrefix(s.address, "sqlite:")+"?_pragma=busy_timeout(10000)"
	var before []string
	for _, table := range []string{"audit_events", "audit_leafs", "audit_seals"} {
		if s.store.Dialect() == dialect.Postgres {
			before = append(before, "ALTER TABLE "+table+" DISABLE TRIGGER ALL")
		} else {
			before = append(before, "DROP TRIGGER IF EXISTS "+table+"_no_update", "DROP TRIGGER IF EXISTS "+table+"_no_delete")
		}
	}
	if s.store.Dialect() == dialect.Postgres {
		driver, source = "pgx", s.address
	}
	conn, err := sql.Open(driver, source)
	require.NoError(s.t, err)
	defer func() { require.NoError(s.t, conn.Close()) }()
	for _, statement := range append(before, statements...) {
		_, err := conn.ExecContext(context.Background(), statement)
		require.NoError(s.t, err, statement)
	}
}

// Events get places in the order of their times and keep them.
func TestEventsGetTheirPlacesInTheOrderOfTime(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		s.write(3)
		v := s.verify(nil)
		require.Equal(t, []any{int64(0), 3, 0}, []any{v.Sealed, v.Waiting, v.Seals}, "before the first seal all wait")
		s.seal()
		first := s.hashes()
		s.write(2)
		s.seal()
		var want []uuid.UUID
		for _, e := range events(t, s.store) {
			want = append(want, e.ID)
		}
		var have []uuid.UUID
		for i, l := range s.leaves() {
			require.Equal(t, int64(i), l.Place)
			have = append(have, l.EventID)
		}
		require.Equal(t, want, have)
		require.Equal(t, first, s.hashes()[:3], "later seals move nothing")
		v = s.verify(nil)
		require.Equal(t, []any{int64(5), 0, 2, []string{}}, []any{v.Sealed, v.Waiting, v.Seals, v.Problems})
	})
}

func TestSealingWithNothingToSealWritesNothing(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		s.seal()
		s.seal()
		require.Equal(t, 1, s.verify(nil).Seals, "that the trail began")
		s.write(1)
		s.seal()
		s.seal()
		require.Equal(t, 2, s.verify(nil).Seals)
	})
}

// The root depends only on the events, not on how often somebody sealed.
func TestTheRootDoesNotDependOnTheRounds(t *testing.T) {
	rounds, once := newSealed(t, storetest.SQLiteURL(t), ""), newSealed(t, storetest.SQLiteURL(t), "")
	for _, n := range []int{1, 2, 4, 1} {
		rounds.write(n)
		rounds.seal()
	}
	rows := events(t, rounds.store)
	require.NoError(t, once.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		for _, e := range rows {
			err := tx.AuditEvent.Create().SetID(e.ID).SetAt(e.At).SetActorID(*e.ActorID).SetAction(e.Action).SetResource(e.Resource).
				SetResourceID(*e.ResourceID).SetRequestID(e.RequestID).SetFacts(e.Facts).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	}))
	once.seal()
	require.Equal(t, rounds.head(), once.head())
}

// A long import is committed after later events were sealed. It gets the next
// place; nobody has to wait for it.
func TestALateCommitIsSealedLater(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		s.write(2)
		s.seal()
		kept, now := s.head(), s.clock.Now()
		s.clock.Set(now.Add(-2*time.Hour + time.Minute))
		record(system, t, s.store, s.trail, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
		s.clock.Set(now)
		require.Equal(t, 1, s.verify(nil).Waiting)
		s.seal()
		late := s.leaves()[2]
		e, err := s.store.Read().AuditEvent.Get(system, late.EventID)
		require.NoError(t, err)
		require.Equal(t, string(audit.PeopleImported), e.Action)
		v := s.verify(kept)
		require.Equal(t, []any{int64(3), 0, []string{}}, []any{v.Sealed, v.Waiting, v.Problems})
	})
}

// Nothing older than the longest import can arrive honestly: it gets no place,
// and the verification reports it.
func TestAnEventFromThePastIsFound(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		s.write(2)
		s.seal()
		now := s.clock.Now()
		s.clock.Set(now.Add(-2*time.Hour - time.Minute))
		record(system, t, s.store, s.trail, audit.Entry{Action: audit.DecisionSigned, Resource: "decision"})
		s.clock.Set(now)
		s.seal()
		require.Len(t, s.leaves(), 2)
		require.Equal(t, []string{"1 old events have no place: they were not written by the program"}, s.verify(nil).Problems)
	})
}

// The verification finds and reports what was done to the trail directly.
func TestVerificationFindsWhatWasDone(t *testing.T) {
	for what, c := range map[string]struct {
		statements []string // %[1]s is the event at place 2
		want       string
	}{
		"an action changed":     {[]string{"UPDATE audit_events SET action = 'pay.imported' WHERE id = '%[1]s'"}, "place 2: event %[1]s is not what was sealed"},
		"an actor taken away":   {[]string{"UPDATE audit_events SET actor_id = NULL WHERE id = '%[1]s'"}, "place 2: event %[1]s is not what was sealed"},
		"facts changed":         {[]string{"UPDATE audit_events SET facts = '{}' WHERE id = '%[1]s'"}, "place 2: event %[1]s is not what was sealed"},
		"an event removed":      {[]string{"DELETE FROM audit_events WHERE id = '%[1]s'"}, "place 2: event %[1]s was removed"},
		"a place removed":       {[]string{"DELETE FROM audit_leafs WHERE event_id = '%[1]s'"}, "place 2 is missing: an event was removed"},
		"both removed":          {[]string{"DELETE FROM audit_events WHERE id = '%[1]s'", "DELETE FROM audit_leafs WHERE event_id = '%[1]s'"}, "place 2 is missing: an event was removed"},
		"two places exchanged":  {[]string{"UPDATE audit_leafs SET place = -place WHERE place IN (1, 2)", "UPDATE audit_leafs SET place = 3 + place WHERE place < 0"}, "up to place 4 the trail is not what was sealed"},
		"the end cut off":       {[]string{"DELETE FROM audit_leafs WHERE place >= 4", "DELETE FROM audit_events WHERE id NOT IN (SELECT event_id FROM audit_leafs)"}, "there is a checkpoint of size 6, but the trail has 4 events: its end was cut off"},
		"the end and its seal":  {[]string{"DELETE FROM audit_leafs WHERE place >= 4", "DELETE FROM audit_seals WHERE size > 4", "DELETE FROM audit_events WHERE id NOT IN (SELECT event_id FROM audit_leafs)"}, "there is a checkpoint of size 6, but the trail has 4 events: its end was cut off"},
		"the hash changed too":  {[]string{"UPDATE audit_leafs SET hash = (SELECT hash FROM audit_leafs WHERE place = 0) WHERE place = 2"}, "up to place 4 the trail is not what was sealed"},
		"a root of an old seal": {[]string{"UPDATE audit_seals SET root = (SELECT root FROM audit_seals WHERE size = 6) WHERE size = 4"}, "up to place 4 the trail is not what was sealed"},
	} {
		t.Run(what, func(t *testing.T) {
			eachSealed(t, func(t *testing.T, s *sealed) {
				s.write(4)
				s.seal()
				s.write(2)
				s.seal()
				kept, event := s.head(), s.leaves()[2].EventID.String()
				require.Empty(t, s.verify(kept).Problems)
				var statements []string
				for _, statement := range c.statements {
					statements = append(statements, strings.ReplaceAll(statement, "%[1]s", event))
				}
				s.tamper(statements...)
				require.Contains(t, strings.Join(s.verify(kept).Problems, "\n"), strings.ReplaceAll(c.want, "%[1]s", event))
			})
		})
	}
}

// A trail that was rewritten as a whole agrees with itself. A checkpoint
// that somebody kept outside shows it all the same.
func TestAKeptCheckpointShowsATrailThatWasWrittenAnew(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		s.write(3)
		s.seal()
		kept := s.head()
		s.tamper("UPDATE audit_events SET resource = 'other'", "DELETE FROM audit_leafs", "DELETE FROM audit_seals")
		require.NoError(t, os.Remove(filepath.Join(s.dir, "head")))
		s.seal()
		require.Empty(t, s.verify(nil).Problems, "nothing inside tells")
		require.Contains(t, s.verify(kept).Problems, "two checkpoints of size 3 differ: the trail before them was rewritten")
		s.write(1)
		s.seal()
		require.NotEmpty(t, s.verify(kept).Problems, "also when it has grown since")
	})
}

func TestProblemsAreTellableInNumber(t *testing.T) {
	s := newSealed(t, storetest.SQLiteURL(t), "")
	s.write(120)
	s.seal()
	s.tamper("UPDATE audit_events SET resource = 'other'")
	require.Len(t, s.verify(nil).Problems, 100)
}

// Whoever can change the database can neither sign nor know that the newest
// checkpoint is kept elsewhere: what they do is found.
func TestATrailThatWasMadeUpIsFound(t *testing.T) {
	forged, _, err := audit.NewKey("rung")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		change []string
		forge  bool // seal again, with another key
		want   string
	}{
		"emptied":                   {[]string{"DELETE FROM audit_leafs", "DELETE FROM audit_seals", "DELETE FROM audit_events"}, false, "there is no seal"},
		"emptied and begun again":   {[]string{"DELETE FROM audit_leafs", "DELETE FROM audit_seals", "DELETE FROM audit_events"}, true, "not signed by a known key"},
		"unsigned":                  {[]string{"UPDATE audit_seals SET checkpoint = 'rung audit trail'"}, false, "not signed by a known key"},
		"signed for another seal":   {[]string{"UPDATE audit_seals SET checkpoint = (SELECT checkpoint FROM audit_seals WHERE size = 3) WHERE size = 5"}, false, "signature of another one"},
		"cut off with its seal":     {[]string{"DELETE FROM audit_seals WHERE size = 5", "DELETE FROM audit_events WHERE id IN (SELECT event_id FROM audit_leafs WHERE place >= 3)", "DELETE FROM audit_leafs WHERE place >= 3"}, false, "its end was cut off"},
		"not sealed since long ago": {nil, false, "have waited for a seal"},
	} {
		t.Run(name, func(t *testing.T) {
			eachSealed(t, func(t *testing.T, s *sealed) {
				s.write(3)
				s.seal()
				s.write(2)
				s.seal()
				require.Empty(t, s.verify(nil).Problems)
				s.tamper(c.change...)
				if c.forge {
					require.NoError(t, sealer(t, s.store, s.trail, audit.KeyPlace{Dir: t.TempDir(), Private: forged}).Seal(system))
				}
				if c.change == nil {
					s.write(2)
					s.clock.Advance(10 * time.Minute)
				}
				require.Contains(t, strings.Join(s.verify(nil).Problems, "\n"), c.want)
				if name == "emptied" || name == "cut off with its seal" {
					require.ErrorContains(t, s.Seal(system), "its end was cut off", "a new seal would hide it")
					require.NotEmpty(t, s.verify(nil).Problems)
				}
			})
		})
	}
}

// The first start makes a key, later ones find it, and a trail without events has
// a seal, too.
func TestTheFirstStartMakesAKey(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		again, err := sealer(t, s.store, s.trail, audit.KeyPlace{Dir: s.dir}).PublicKey()
		require.NoError(t, err)
		require.Equal(t, s.key(), again)
		elsewhere := audit.NewSealer(s.store, s.trail, audit.KeyPlace{Dir: t.TempDir()})
		require.ErrorContains(t, elsewhere.Seal(system), "rung serve makes it", "a tool makes no key")
		_, err = elsewhere.Start()
		require.NoError(t, err, "and the program makes it later")
		_, err = audit.NewSealer(s.store, s.trail, audit.KeyPlace{}).Start()
		require.ErrorContains(t, err, "RUNG_AUDIT_DIR")
		require.NotEmpty(t, s.verify(nil).Problems, "before the first seal")
		s.seal()
		s.seal()
		v := s.verify(nil)
		require.Equal(t, []any{int64(0), 1, []string{}, s.key()}, []any{v.Sealed, v.Seals, v.Problems, v.Key})
		kept := s.head()
		require.NoError(t, os.Remove(filepath.Join(s.dir, "head")))
		require.NotEmpty(t, s.verify(nil).Problems, "the end could have been cut off")
		require.Empty(t, s.verify(kept).Problems, "it was not")
	})
}

// After a change of key, the old one still counts when its public half is known.
func TestAnOldKeyCountsWhenItIsKnown(t *testing.T) {
	s := newSealed(t, storetest.SQLiteURL(t), "")
	s.write(1)
	s.seal()
	fresh, _, err := audit.NewKey("rung")
	require.NoError(t, err)
	for known, problems := range map[string]int{"": 2, s.key(): 0} {
		v, err := sealer(t, s.store, s.trail, audit.KeyPlace{Dir: s.dir, Private: fresh, Known: strings.Fields(known)}).Verify(system, nil)
		require.NoError(t, err)
		require.Len(t, v.Problems, problems)
	}
}

func TestAKeyMustBeOneOfKeygen(t *testing.T) {
	_, err := audit.NewSealer(nil, nil, audit.KeyPlace{Dir: t.TempDir(), Private: "PRIVATE+KEY+secret"}).Start()
	require.ErrorContains(t, err, "RUNG_AUDIT_KEY")
	require.NotContains(t, err.Error(), "secret", "the key is never printed")
}

// A signed checkpoint convinces everybody with the public key, and no other
// signature is accepted.
func TestASignedCheckpoint(t *testing.T) {
	private, public, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	_, other, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	s := newSealed(t, storetest.SQLiteURL(t), private)
	s.write(2)
	s.seal()
	text := s.verify(nil).Head
	c, err := audit.ParseCheckpoint(text, public)
	require.NoError(t, err)
	require.Equal(t, int64(2), c.Size)
	_, err = audit.ParseCheckpoint(text, other)
	require.ErrorContains(t, err, "not signed by a known key")
	_, err = audit.ParseCheckpoint(strings.Replace(text, "\n2\n", "\n3\n", 1), public)
	require.ErrorContains(t, err, "not signed by a known key")
	unsigned, _, _ := strings.Cut(text, "\n\n")
	_, err = audit.ParseCheckpoint(unsigned+"\n", public)
	require.ErrorContains(t, err, "not signed by a known key")
	_, err = audit.ParseCheckpoint(text, "no key")
	require.ErrorContains(t, err, "public key")
}

func TestWhatIsNoCheckpoint(t *testing.T) {
	root := strings.Repeat("A", 43) + "="
	private, public, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	signer, err := note.NewSigner(private)
	require.NoError(t, err)
	read := func(text string) (audit.Checkpoint, error) {
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		require.NoError(t, err)
		return audit.ParseCheckpoint(string(signed), public)
	}
	good, err := read("rung audit trail\n7\n" + root + "\n")
	require.NoError(t, err)
	require.Equal(t, audit.Checkpoint{Size: 7, Root: make([]byte, 32)}, good)
	for text, want := range map[string]string{
		"one line\n":                              "not a checkpoint",
		"another log\n7\n" + root + "\n":          "not a checkpoint",
		"rung audit trail\n7\n":                   "not a checkpoint",
		"rung audit trail\n-1\n" + root + "\n":    "not a size",
		"rung audit trail\nseven\n" + root + "\n": "not a size",
		"rung audit trail\n7\nAAAA\n":             "not a root",
		"rung audit trail\n7\n???\n":              "not a root",
	} {
		_, err := read(text)
		require.ErrorContains(t, err, want, text)
	}
}

// An export contains everything but who read what and what is hidden. Of these it
// has the hash, so that the whole can still be verified.
func TestAnExportWithholdsWhoReadWhat(t *testing.T) {
	eachSealed(t, func(t *testing.T, s *sealed) {
		hidden := newID()
		for _, action := range audit.Withheld {
			record(as(newID()), t, s.store, s.trail, audit.Entry{Action: audit.Action(action), Resource: "x", Owner: newID()})
		}
		record(as(newID()), t, s.store, s.trail, audit.Entry{Action: audit.BallotSealed, Resource: "ballot", ID: hidden})
		s.write(1)
		s.seal()
		s.write(1) // waits for its place
		var out bytes.Buffer
		require.NoError(t, s.Export(system, &out, map[uuid.UUID]bool{hidden: true}))
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		require.Len(t, lines, 6, "five events and the checkpoint")
		require.Equal(t, 1, strings.Count(out.String(), `"event":{`), "of the others the hash alone")
		require.Contains(t, lines[4], `"action":"case.moved"`)
		require.NotContains(t, out.String(), hidden.String())
		v, err := audit.VerifyExport(&out, s.key())
		require.NoError(t, err)
		require.Equal(t, []any{int64(5), []string{}}, []any{v.Sealed, v.Problems})
	})
}

func TestAnExportThatIsNone(t *testing.T) {
	_, public, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"id,name\n":                    "line 1 is not part of an export",
		"{}\n":                         "line 1 has no place",
		"":                             "not signed by a known key",
		`{"checkpoint":"lost"}` + "\n": "not signed by a known key",
	} {
		_, err := audit.VerifyExport(strings.NewReader(text), public)
		require.ErrorContains(t, err, want, text)
	}
}

// Whatever is done to the lines of an export, the verification finds it: a line
// that is changed, removed, repeated or moved, and an end that is cut off.
func TestEveryChangeOfAnExportIsFound(t *testing.T) {
	s := newSealed(t, storetest.SQLiteURL(t), "")
	s.write(5)
	s.seal()
	s.write(8)
	s.seal()
	var out bytes.Buffer
	require.NoError(t, s.Export(system, &out, nil))
	original := strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
	original[len(original)-1] += "\n"
	n := len(original) - 1 // the last line is the checkpoint
	rapid.Check(t, func(t *rapid.T) {
		lines, i := slices.Clone(original), rapid.IntRange(0, n-1).Draw(t, "line")
		switch how := rapid.SampledFrom([]string{"remove", "double", "move", "cut", "change", "change and hash", "rename"}).Draw(t, "how"); how {
		case "remove":
			lines = slices.Delete(lines, i, i+1)
		case "double":
			lines = slices.Insert(lines, i, lines[i])
		case "move":
			j := rapid.IntRange(0, n-1).Filter(func(j int) bool { return j != i }).Draw(t, "to")
			lines[i], lines[j] = lines[j], lines[i]
		case "rename":
			lines[i] = strings.Replace(lines[i], `"id":"0`, `"id":"1`, 1)
		case "cut":
			lines = append(lines[:i], lines[n])
		default:
			lines[i] = falsify(t, lines[i], how == "change and hash")
		}
		v, err := audit.VerifyExport(strings.NewReader(strings.Join(lines, "")), s.key())
		require.NoError(t, err)
		require.NotEmpty(t, v.Problems)
	})
	v, err := audit.VerifyExport(strings.NewReader(strings.Join(original, "")), s.key())
	require.NoError(t, err)
	require.Empty(t, v.Problems, "as it came, it is whole")
}

// falsify changes one field of the event of a line, and maybe its hash.
func falsify(t *rapid.T, line string, hashToo bool) string {
	var decoded map[string]any
	require.NoError(t, json.Unmarshal([]byte(line), &decoded))
	event, ok := decoded["event"].(map[string]any)
	require.True(t, ok, line)
	field := rapid.SampledFrom([]string{"id", "at", "actor", "reason", "action", "resource", "thing", "owner", "requestId", "facts"}).Draw(t, "field")
	switch field {
	case "id", "actor", "thing", "owner":
		event[field] = "01930000-0000-7000-8000-000000000000"
	case "facts":
		event[field] = map[string]string{"n": "changed"}
	default:
		event[field] = "changed"
	}
	if hashToo {
		hash, err := json.Marshal(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "hash"))
		require.NoError(t, err)
		decoded["hash"] = json.RawMessage(hash)
	}
	text, err := json.Marshal(decoded)
	require.NoError(t, err)
	return string(text) + "\n"
}

// Two machines seal at the same time: both succeed, and each event has one place.
func TestWhoLosesARaceSealsNothingTwice(t *testing.T) {
	s := newSealed(t, storetest.SQLiteURL(t), "")
	s.write(3)
	racing := &racing{Store: s.store, first: func() { s.seal() }}
	second := sealer(t, racing, s.trail, audit.KeyPlace{Dir: s.dir})
	require.NoError(t, second.Seal(system))
	require.Equal(t, 2, racing.tries, "it tried again")
	v := s.verify(nil)
	require.Equal(t, []any{int64(3), 1, []string{}}, []any{v.Sealed, v.Seals, v.Problems})
}

// racing is a store on which somebody else was faster at the first attempt.
type racing struct {
	*store.Store
	first func()
	tries int
}

func (r *racing) InTx(ctx context.Context, f func(context.Context, *db.Client) error) error {
	r.tries++
	if r.tries == 1 {
		r.first()
		return fault.Clash("Somebody made the same thing at the same moment.")
	}
	return r.Store.InTx(ctx, f)
}
