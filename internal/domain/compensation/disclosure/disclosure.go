// Package disclosure decides which sums over groups of people may be shown, so
// that nobody can calculate the sum of a small group from them.
//
// Hiding a small group is not enough: the sum of a department less the sums of
// its other teams gives it back. So a group is shown only if no linear
// combination of everything shown is the sum of fewer than a minimum of people
// (primary and complementary suppression; Hundepool et al., Statistical
// Disclosure Control, 2012, chapter 4). The check is exact: elimination over
// fractions.
package disclosure

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// Atoms are people who are in exactly the same groups. Only how many they are
// counts.
type Atoms []int

// Group is a set of atoms by their index, each once.
type Group []int

// Choose says of each group whether its sum may be shown. Groups are considered
// in their order, so the ones that matter most come first. No group of fewer
// than minimum people is shown, nor one which together with those already chosen
// would reveal the sum of fewer than minimum people. An empty group reveals
// nobody and is always shown.
func Choose(people Atoms, groups []Group, minimum int) []bool {
	shown := make([]bool, len(groups))
	known := sums{people: people, minimum: minimum}
	for i, g := range groups {
		shown[i] = known.admit(g)
	}
	return shown
}

// Reveals returns the atoms of a group of fewer than minimum people whose sum
// follows from the sums of the groups; nil if there is none.
func Reveals(people Atoms, groups []Group, minimum int) Group {
	known := sums{people: people, minimum: minimum}
	for _, g := range groups {
		known.add(g)
	}
	return known.small()
}

// row is a linear combination of sums: a coefficient for each atom, none of them 0.
type row map[int]*big.Rat

// sums is everything that follows from some sums, as rows in reduced echelon
// form: each has 1 at its pivot, where every other row has 0.
type sums struct {
	people  Atoms
	minimum int
	rows    map[int]row // by pivot
}

// admit adds the sum of a group unless that would reveal a small group.
func (s *sums) admit(g Group) bool {
	if n := s.count(slices.Values(g)); n < s.minimum {
		return n == 0
	}
	before := maps.Clone(s.rows)
	s.add(g)
	if s.small() == nil {
		return true
	}
	s.rows = before
	return false
}

func (s *sums) add(g Group) {
	fresh := row{}
	for _, atom := range g {
		if s.people[atom] > 0 {
			fresh[atom] = big.NewRat(1, 1)
		}
	}
	for _, pivot := range fresh.atoms() {
		if known, ok := s.rows[pivot]; ok {
			fresh = fresh.less(fresh[pivot], known)
		}
	}
	if len(fresh) == 0 {
		return // it follows from the others
	}
	if s.rows == nil {
		s.rows = map[int]row{}
	}
	pivot := s.largest(fresh)
	fresh = fresh.times(new(big.Rat).Inv(fresh[pivot]))
	for at, known := range s.rows {
		if factor, ok := known[pivot]; ok {
			s.rows[at] = known.less(factor, fresh)
		}
	}
	s.rows[pivot] = fresh
}

// largest is the atom of the row with the most people. A row whose pivot is a
// large atom is never part of a small group, so few rows are left to try.
func (s *sums) largest(r row) int {
	return slices.MaxFunc(r.atoms(), func(a, b int) int { return cmp.Compare(s.people[a], s.people[b]) })
}

// small finds a small group whose sum is a combination of the rows. In reduced
// form, the factor of each row is the coefficient of its pivot. A sum has no
// coefficients but 0 and 1, so it adds up the rows whose pivots it has.
func (s *sums) small() Group {
	for _, pivot := range slices.Sorted(maps.Keys(s.rows)) {
		if g := s.grow(row{}, pivot, map[int]bool{}); g != nil {
			return g
		}
	}
	return nil
}

// grow adds the row of a pivot to a combination, and looks for a small group in
// it and in what further rows make of it.
func (s *sums) grow(from row, pivot int, used map[int]bool) Group {
	used = maps.Clone(used)
	used[pivot] = true
	if s.count(maps.Keys(used)) >= s.minimum {
		return nil
	}
	sum := from.less(big.NewRat(-1, 1), s.rows[pivot])
	if atoms := sum.atoms(); sum.isSum() && s.count(slices.Values(atoms)) < s.minimum {
		return atoms
	}
	for _, next := range slices.Sorted(maps.Keys(s.rows)) {
		if !used[next] && s.rows[next].touches(sum) {
			if g := s.grow(sum, next, used); g != nil {
				return g
			}
		}
	}
	return nil
}

func (s *sums) count(atoms func(yield func(int) bool)) int {
	total := 0
	for atom := range atoms {
		total += s.people[atom]
	}
	return total
}

func (r row) atoms() Group { return slices.Sorted(maps.Keys(r)) }

// less returns the row less a multiple of another.
func (r row) less(factor *big.Rat, other row) row {
	out := maps.Clone(r)
	for atom, coefficient := range other {
		product := new(big.Rat).Mul(factor, coefficient)
		value := product.Neg(product)
		if present, ok := out[atom]; ok {
			value.Add(value, present)
		}
		if out[atom] = value; value.Sign() == 0 {
			delete(out, atom)
		}
	}
	return out
}

func (r row) times(factor *big.Rat) row {
	out := make(row, len(r))
	for atom, coefficient := range r {
		out[atom] = new(big.Rat).Mul(coefficient, factor)
	}
	return out
}

// isSum says whether the row is the plain sum of its atoms.
func (r row) isSum() bool {
	one := big.NewRat(1, 1)
	for _, coefficient := range r {
		if coefficient.Cmp(one) != 0 {
			return false
		}
	}
	return true
}

// touches says whether the rows have an atom in common. A row that has none with
// the combination cannot take anything out of it.
func (r row) touches(sum row) bool {
	for atom := range r {
		if _, ok := sum[atom]; ok {
			return true
		}
	}
	return false
}
