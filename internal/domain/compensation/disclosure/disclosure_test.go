package disclosure_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/compensation/disclosure"
)

type groups = []disclosure.Group

// Women and men in two categories of workers: hiding one cell of the table does
// not hide it, because its row and its column give it back.
const (
	k1Women = iota
	k1Men
	k2Women
	k2Men
)

var (
	workers = disclosure.Atoms{6, 7, 2, 8}
	margins = groups{{k1Women, k1Men}, {k2Women, k2Men}, {k1Women, k2Women}, {k1Men, k2Men}, {k1Women, k1Men, k2Women, k2Men}}
)

func TestMarginsGiveOneHiddenCellBack(t *testing.T) {
	published := append(groups{{k1Women}, {k1Men}, {k2Men}}, margins...)
	require.Equal(t, disclosure.Group{k2Women}, disclosure.Reveals(workers, published, 5))
	require.Nil(t, disclosure.Reveals(workers, margins, 5), "all inner cells are hidden")
}

func TestOneCellMoreIsHiddenThanTheSmallOne(t *testing.T) {
	require.Equal(t, []bool{true, true, true, true, true, false, false, false, false},
		disclosure.Choose(workers, append(slices.Clip(margins), groups{{k1Women}, {k1Men}, {k2Women}, {k2Men}}...), 5))
}

func TestADepartmentLessItsLargeTeamIsASmallGroup(t *testing.T) {
	people := disclosure.Atoms{9, 3}
	require.Equal(t, []bool{true, false, false}, disclosure.Choose(people, groups{{0, 1}, {0}, {1}}, 5))
	require.Equal(t, []bool{true, false, false}, disclosure.Choose(people, groups{{0}, {0, 1}, {1}}, 5), "whichever comes first")
}

func TestTwoSmallTeamsHideEachOther(t *testing.T) {
	people := disclosure.Atoms{9, 3, 2}
	require.Equal(t, []bool{true, true, false, false}, disclosure.Choose(people, groups{{0, 1, 2}, {0}, {1}, {2}}, 5))
}

func TestAnEmptyGroupRevealsNobody(t *testing.T) {
	require.Equal(t, []bool{true, true}, disclosure.Choose(disclosure.Atoms{0, 5}, groups{{0}, {0, 1}}, 5))
	require.Equal(t, []bool{false}, disclosure.Choose(disclosure.Atoms{4}, groups{{0}}, 5))
}

// smallIn lists the groups of fewer than 5 people whose sum follows from the
// published ones, by trying them all: those that do not raise the rank.
func smallIn(people disclosure.Atoms, published groups) groups {
	var found groups
	for set := range 1 << len(people) {
		var g disclosure.Group
		count := 0
		for atom, n := range people {
			if set&(1<<atom) != 0 && n > 0 {
				g, count = append(g, atom), count+n
			}
		}
		with := append(slices.Clip(published), g)
		if count > 0 && count < 5 && rank(people, with) == rank(people, published) {
			found = append(found, g)
		}
	}
	return found
}

// rank counts independent groups, by elimination modulo a prime.
func rank(people disclosure.Atoms, list groups) int {
	const prime = 1_000_003
	matrix := make([][]int, len(list))
	for i, g := range list {
		matrix[i] = make([]int, len(people))
		for _, atom := range g {
			matrix[i][atom] = min(people[atom], 1)
		}
	}
	done := 0
	for column := range people {
		pivot := slices.IndexFunc(matrix[done:], func(row []int) bool { return row[column] != 0 })
		if pivot < 0 {
			continue
		}
		matrix[done], matrix[done+pivot] = matrix[done+pivot], matrix[done]
		for i := done + 1; i < len(matrix); i++ {
			a, b := matrix[done][column], matrix[i][column]
			for j := range people {
				matrix[i][j] = ((a*matrix[i][j]-b*matrix[done][j])%prime + prime) % prime
			}
		}
		done++
	}
	return done
}

// Nothing small follows from what is shown, whatever the groups, and nothing is hidden without need.
func TestNothingSmallFollowsFromWhatIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := disclosure.Atoms(rapid.SliceOfN(rapid.IntRange(0, 7), 1, 7).Draw(t, "atoms"))
		family := make(groups, rapid.IntRange(1, 9).Draw(t, "groups"))
		for i := range family {
			for atom := range people {
				if rapid.Bool().Draw(t, "member") {
					family[i] = append(family[i], atom)
				}
			}
		}
		shown := disclosure.Choose(people, family, 5)
		var published groups
		for i, g := range family {
			with := append(slices.Clip(published), g)
			require.Equal(t, !shown[i], len(smallIn(people, with)) > 0, "group %v after %v", g, published)
			require.Equal(t, shown[i], disclosure.Reveals(people, with, 5) == nil)
			if shown[i] {
				published = with
			}
		}
	})
}
