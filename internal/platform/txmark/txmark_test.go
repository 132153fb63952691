package txmark

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAChangeIsUnrecordedUntilTheTrailHasIt(t *testing.T) {
	ctx, mark := With(context.Background())
	require.Empty(t, mark.Unrecorded(), "what changed nothing needs no record")
	Changed(ctx, "Person")
	Changed(ctx, "Unit")
	require.Equal(t, "Person", mark.Unrecorded(), "the first is the one to look for")
	Recorded(ctx)
	require.Empty(t, mark.Unrecorded())
}

// A use case may record first and write afterwards.
func TestTheOrderOfRecordAndChangeDoesNotMatter(t *testing.T) {
	ctx, mark := With(context.Background())
	Recorded(ctx)
	Changed(ctx, "Person")
	require.Empty(t, mark.Unrecorded())
}

// A record of one transaction never covers a change of another.
func TestEachTransactionHasItsOwnMark(t *testing.T) {
	outer, first := With(context.Background())
	inner, second := With(outer)
	Changed(outer, "Person")
	Recorded(inner)
	require.Equal(t, "Person", first.Unrecorded())
	require.Empty(t, second.Unrecorded())
	Changed(inner, "Unit")
	require.Equal(t, "Person", first.Changed)
}

func TestOutsideOfATransactionNothingIsMarked(t *testing.T) {
	require.NotPanics(t, func() {
		Changed(context.Background(), "Person")
		Recorded(context.Background())
	})
}
