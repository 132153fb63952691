package process_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

func audience(now, next []string) access.Audience {
	var a access.Audience
	for _, who := range now {
		a.Now = append(a.Now, access.Reader{Who: who, Why: "because of " + who})
	}
	for _, who := range next {
		a.Next = append(a.Next, access.Reader{Who: who, Why: "because of " + who})
	}
	return a
}

// The words are what people read instead of the lists, so they say the same.
func TestTheWordsOfTheReaders(t *testing.T) {
	for _, c := range []struct {
		now, next  []string
		when, want string
	}{
		{nil, nil, "", "Nobody"},
		{[]string{"You"}, nil, "", "Only you"},
		{[]string{"Ada"}, nil, "", "Ada"},
		{[]string{"Ada", "You"}, nil, "", "You and Ada"},
		{[]string{"Ada", "Bo", "You"}, nil, "", "You, Ada and Bo"},
		{[]string{"You"}, []string{"Ada"}, "after you submit", "Only you. Ada after you submit"},
		{nil, []string{"Ada", "You"}, "after the close", "Nobody. You and Ada after the close"},
	} {
		got := process.Explain(audience(c.now, c.next), c.when)
		require.Equal(t, c.want, got.Words)
	}
}

// The icon shows at a glance what the words say.
func TestTheIconFollowsFromWhoReads(t *testing.T) {
	require.Equal(t, "only", process.Explain(audience([]string{"You"}, nil), "").Icon)
	require.Equal(t, "named", process.Explain(audience([]string{"Ada"}, nil), "").Icon)
	require.Equal(t, "named", process.Explain(audience([]string{"You", "Ada"}, nil), "").Icon)
	everybody := audience([]string{"Everybody"}, nil)
	everybody.Everybody = true
	require.Equal(t, "everyone", process.Explain(everybody, "").Icon)
}

// "After you submit" promises a reader. Without a reader it must not appear.
func TestWithoutNextReadersThereIsNoNextWhen(t *testing.T) {
	require.Empty(t, process.Explain(audience([]string{"You"}, nil), "after you submit").NextWhen)
	got := process.Explain(audience([]string{"You"}, []string{"Ada"}), "after you submit")
	require.Equal(t, "after you submit", got.NextWhen)
	require.Equal(t, []process.Reader{{Who: "Ada", Why: "because of Ada"}}, got.Next)
}

// The lists keep the order of the rules, and are never null for the reader.
func TestTheListsKeepTheOrderOfTheRules(t *testing.T) {
	got := process.Explain(audience([]string{"Ada", "You", "Bo"}, nil), "")
	require.Equal(t, []process.Reader{{Who: "Ada", Why: "because of Ada"}, {Who: "You", Why: "because of You"}, {Who: "Bo", Why: "because of Bo"}}, got.Now)
	require.NotNil(t, got.Next)
	require.Empty(t, got.Next)
}

func TestTheWordsNameEveryReaderOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var who []string
		for i := range rapid.IntRange(2, 6).Draw(t, "readers") {
			who = append(who, fmt.Sprintf("Person<%d>", i))
		}
		you := rapid.Bool().Draw(t, "you read too")
		if you {
			who = append(who, "You")
		}
		who = rapid.Permutation(who).Draw(t, "order")
		words := process.Explain(audience(who, nil), "").Words
		for _, w := range who {
			require.Equal(t, 1, strings.Count(words, w), words)
		}
		require.Equal(t, you, strings.HasPrefix(words, "You"), words)
		require.Equal(t, 1, strings.Count(words, " and "), words)
	})
}

func TestReferencesToPeople(t *testing.T) {
	ada := &db.Person{ID: uuid.Must(uuid.NewV7()), Name: "Ada Moss", Level: "IC4", Title: "Senior Engineer"}
	require.Equal(t, process.PersonRef{ID: ada.ID, Name: "Ada Moss", Level: "IC4", Title: "Senior Engineer"}, process.RefOf(ada))
	require.Equal(t, process.PersonRef{}, process.RefOf(nil))
	require.Equal(t, "You", process.Name(ada.ID, ada))
	require.Equal(t, "Ada Moss", process.Name(uuid.Must(uuid.NewV7()), ada))
	require.Empty(t, process.Name(ada.ID, nil), "who has no manager has no name there")
}
