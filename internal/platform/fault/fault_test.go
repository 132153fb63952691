package fault

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each constructor stands for one kind; the transport knows only the kinds.
func TestEachConstructorHasItsKind(t *testing.T) {
	for kind, err := range map[Kind]*Error{
		NotFound:  Missing(),
		Forbidden: Denied("no"),
		Invalid:   Bad("no"),
		Conflict:  Clash("no"),
		Stale:     Outdated(nil),
		SignedOut: New(SignedOut, "no"),
	} {
		require.Equal(t, kind, err.Kind, err.Message)
		require.Equal(t, kind, KindOf(err), err.Message)
		require.Empty(t, err.Code, "the kind's own code, until WithCode says another")
		require.NotEmpty(t, err.Message)
	}
}

func TestTheKindSurvivesWrapping(t *testing.T) {
	for _, kind := range []Kind{NotFound, Forbidden, Conflict, Stale, Invalid, SignedOut, Unavailable} {
		wrapped := fmt.Errorf("outer: %w", errors.Join(errors.New("beside"), fmt.Errorf("inner: %w", New(kind, "x"))))
		require.Equal(t, kind, KindOf(wrapped))
	}
}

// An error that is no fault is internal, so that it is never shown by mistake.
func TestWhatIsNoFaultIsInternal(t *testing.T) {
	require.Equal(t, Internal, KindOf(errors.New("disk full")))
	require.Equal(t, Internal, KindOf(nil))
	var zero Kind
	require.Equal(t, Internal, zero, "a kind that nobody set is internal")
}

// The outermost fault decides: code that translates an error must be able to
// change its kind.
func TestTheOutermostFaultDecides(t *testing.T) {
	err := Denied("You may not.").Because(Missing())
	require.Equal(t, Forbidden, KindOf(fmt.Errorf("x: %w", err)))
}

// The answer never reveals whether a thing exists.
func TestMissingTellsNothing(t *testing.T) {
	hidden, absent := Missing(), Missing()
	require.Equal(t, absent, hidden)
	require.Empty(t, Missing().Details)
	require.Nil(t, Missing().Current)
}

func TestDetailsComeInTheOrderInWhichTheyWereFound(t *testing.T) {
	details := []Detail{{Field: "b", Line: 2}, {Field: "a", Line: 1}, {Field: "b", Line: 1}}
	err := Bad("100% wrong", details...)
	require.Equal(t, details, err.Details)
	require.Equal(t, "100% wrong", err.Message, "the sentence is no format: it may quote what somebody wrote")
	var found *Error
	require.ErrorAs(t, fmt.Errorf("import: %w", err), &found)
	require.Equal(t, details, found.Details)
}

func TestOutdatedCarriesWhatTheWriterHasNotSeen(t *testing.T) {
	type thing struct{ Version int }
	var found *Error
	require.ErrorAs(t, fmt.Errorf("write: %w", Outdated(thing{7})), &found)
	require.Equal(t, thing{7}, found.Current)
}

// The cause is for the log: it is in Error and never in Message.
func TestTheCauseIsForTheLog(t *testing.T) {
	cause := errors.New("constraint people_email")
	err := Clash("The address %s is taken.", "a@x.example").Because(cause)
	require.Equal(t, "The address a@x.example is taken.", err.Message)
	require.Equal(t, "The address a@x.example is taken.: constraint people_email", err.Error())
	require.ErrorIs(t, err, cause)
	require.Equal(t, "The address a@x.example is taken.", Clash("The address %s is taken.", "a@x.example").Error())
}

func TestACodeNamesWhatAProgramMustTellApart(t *testing.T) {
	err := Clash("Full.").WithCode("full").Because(errors.New("x"))
	require.Equal(t, "full", err.Code)
	require.Equal(t, Conflict, err.Kind, "the code changes no kind")
}
