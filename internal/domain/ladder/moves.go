package ladder

import (
	"cmp"
	"slices"
)

// MoveType says what happened to a sentence from one version to the next.
type MoveType string

// These are the things that can happen to sentences.
const (
	MoveSame    MoveType = "same"
	MoveEdited  MoveType = "edited"
	MoveSplit   MoveType = "split"
	MoveMerged  MoveType = "merged"
	MoveDropped MoveType = "dropped"
	MoveNew     MoveType = "new"
)

// Move maps sentences of a version to those of the next, by uid. A split has one
// old and several new ones; a merge has several old and one new.
type Move struct {
	Type  MoveType `json:"type" enum:"same,edited,split,merged,dropped,new"`
	Old   []string `json:"old"`
	New   []string `json:"new"`
	Moved bool     `json:"moved,omitempty" doc:"it is now at another level or under another competency"`
	Said  bool     `json:"said,omitempty" doc:"the owner decided it; otherwise it follows from the wording"`
}

// sentence is one point of a rubric with its place.
type sentence struct {
	uid, text         string
	competency, level string
	words             map[string]bool
}

func (r Rubric) sentences() []sentence {
	var out []sentence
	seen := map[string]bool{}
	for _, c := range r.Competencies {
		for _, cell := range slices.Concat(c.Cells, c.Stages) {
			for _, p := range cell.Points {
				if !seen[p.UID] {
					seen[p.UID] = true
					out = append(out, sentence{uid: p.UID, text: p.Text, competency: c.Code, level: cell.Level, words: contentOf(p.Text)})
				}
			}
		}
	}
	return out
}

func contentOf(text string) map[string]bool {
	words := map[string]bool{}
	for _, t := range tokensOf(text) {
		if t.content() {
			words[t.text] = true
		}
	}
	return words
}

// within is the share of a's words that b also has.
func (a sentence) within(b sentence) float64 {
	if len(a.words) == 0 {
		return 0
	}
	n := 0
	for word := range a.words {
		if b.words[word] {
			n++
		}
	}
	return float64(n) / float64(len(a.words))
}

// contained is the share of words from which one sentence counts as part of
// another.
const contained = 0.6

// Moves maps every sentence of the old rubric to the new one, in reading order:
// by uid if it stayed, else by wording within one cell, unless the owner said
// otherwise. Each old and each new uid is in exactly one move.
func Moves(before, after Rubric, said []Move) []Move {
	m := mover{old: before.sentences(), new: after.sentences(), oldAt: map[string]int{}, newAt: map[string]int{}, done: map[string]bool{}}
	for i, s := range m.old {
		m.oldAt[s.uid] = i
	}
	for i, s := range m.new {
		m.newAt[s.uid] = i
	}
	for _, move := range said {
		m.say(move)
	}
	m.link()
	m.rest()
	slices.SortStableFunc(m.moves, func(a, b Move) int { return cmp.Compare(m.place(a), m.place(b)) })
	return m.moves
}

type mover struct {
	old, new     []sentence
	oldAt, newAt map[string]int
	done         map[string]bool // "old/uid" and "new/uid" that are mapped
	moves        []Move
}

func (m *mover) add(kind MoveType, said bool, from, to []string) {
	move := Move{Type: kind, Old: append([]string{}, from...), New: append([]string{}, to...), Said: said}
	for _, uid := range from {
		m.done["old/"+uid] = true
	}
	for _, uid := range to {
		m.done["new/"+uid] = true
	}
	if len(from) == 1 && len(to) == 1 {
		a, b := m.old[m.oldAt[from[0]]], m.new[m.newAt[to[0]]]
		move.Moved = a.competency != b.competency || a.level != b.level
	}
	m.moves = append(m.moves, move)
}

// say takes over the owner's decision, as far as both sides still exist.
func (m *mover) say(move Move) {
	for _, uid := range move.Old {
		if _, ok := m.oldAt[uid]; !ok || m.done["old/"+uid] {
			return
		}
	}
	for _, uid := range move.New {
		if _, ok := m.newAt[uid]; !ok || m.done["new/"+uid] {
			return
		}
	}
	m.add(move.Type, true, move.Old, move.New)
}

// link finds sentences that were split or merged: an old one is part of a new one
// in the same cell, or the other way round.
func (m *mover) link() {
	parts := make([][]int, len(m.old)) // old -> new sentences that are parts of it
	wholes := make([][]int, len(m.new))
	for i, a := range m.old {
		for j, b := range m.new {
			if a.competency != b.competency || a.level != b.level || m.done["old/"+a.uid] || m.done["new/"+b.uid] || m.unchanged(a, b) {
				continue
			}
			_, keptOld := m.newAt[a.uid]
			_, keptNew := m.oldAt[b.uid]
			if a.uid == b.uid || !keptNew && b.within(a) >= contained {
				parts[i] = append(parts[i], j)
			}
			if a.uid == b.uid || !keptOld && a.within(b) >= contained {
				wholes[j] = append(wholes[j], i)
			}
		}
	}
	for i, list := range parts {
		if news := m.open(list, "new/", m.new); len(news) > 1 && !m.done["old/"+m.old[i].uid] {
			m.add(MoveSplit, false, []string{m.old[i].uid}, news)
		}
	}
	for j, list := range wholes {
		if olds := m.open(list, "old/", m.old); len(olds) > 1 && !m.done["new/"+m.new[j].uid] {
			m.add(MoveMerged, false, olds, []string{m.new[j].uid})
		}
	}
}

// unchanged reports whether one of the two is unchanged, so that it is not part
// of anything new.
func (m *mover) unchanged(a, b sentence) bool {
	if at, ok := m.newAt[a.uid]; ok && m.new[at].text == a.text {
		return true
	}
	at, ok := m.oldAt[b.uid]
	return ok && m.old[at].text == b.text
}

func (m *mover) open(list []int, side string, all []sentence) []string {
	var uids []string
	for _, i := range list {
		if !m.done[side+all[i].uid] {
			uids = append(uids, all[i].uid)
		}
	}
	return uids
}

// rest maps one to one the sentences that stayed or only changed their uid, and
// names the dropped and new ones.
func (m *mover) rest() {
	for _, a := range m.old {
		j, kept := m.newAt[a.uid]
		if !kept || m.done["old/"+a.uid] || m.done["new/"+a.uid] {
			continue
		}
		kind := MoveSame
		if m.new[j].text != a.text {
			kind = MoveEdited
		}
		m.add(kind, false, []string{a.uid}, []string{a.uid})
	}
	for _, a := range m.old {
		if m.done["old/"+a.uid] {
			continue
		}
		if b, ok := m.twin(a); ok {
			m.add(MoveEdited, false, []string{a.uid}, []string{b.uid})
			continue
		}
		m.add(MoveDropped, false, []string{a.uid}, nil)
	}
	for _, b := range m.new {
		if !m.done["new/"+b.uid] {
			m.add(MoveNew, false, nil, []string{b.uid})
		}
	}
}

// twin is the most similar new sentence in the same cell, or the same words
// anywhere.
func (m *mover) twin(a sentence) (sentence, bool) {
	best, score := sentence{}, alike
	for _, b := range m.new {
		if _, kept := m.oldAt[b.uid]; kept || m.done["new/"+b.uid] {
			continue
		}
		if b.text == a.text {
			return b, true
		}
		if b.competency == a.competency && b.level == a.level {
			if s := likeness(tokensOf(a.text), tokensOf(b.text)); s > score {
				best, score = b, s
			}
		}
	}
	return best, best.uid != ""
}

// place puts a move at the place of its new sentence, a dropped one at its old
// place.
func (m *mover) place(move Move) int {
	if len(move.New) > 0 {
		return 2*m.newAt[move.New[0]] + 1
	}
	return 2 * m.oldAt[move.Old[0]]
}

// Carries reports whether what was said about the cell under the old version
// still answers the new one: every sentence of both cells stayed or was only
// edited.
func Carries(moves []Move, before, after Cell) bool {
	fine := map[string]bool{}
	for _, move := range moves {
		if move.Type == MoveSame || move.Type == MoveEdited {
			fine["old/"+move.Old[0]], fine["new/"+move.New[0]] = true, true
		}
	}
	for _, p := range before.Points {
		if !fine["old/"+p.UID] {
			return false
		}
	}
	for _, p := range after.Points {
		if !fine["new/"+p.UID] {
			return false
		}
	}
	return true
}
