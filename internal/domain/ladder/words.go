package ladder

import (
	"slices"
	"strings"
	"unicode"
)

// wordToken is a word or a punctuation mark with the white space before it.
type wordToken struct {
	lead, text string
}

// tokensOf cuts a text so that joining lead and text of all tokens gives it back.
// Punctuation at the end of a word is a token of its own, so "services." and
// "services" are the same word.
func tokensOf(text string) []wordToken {
	var tokens []wordToken
	for text != "" {
		word := strings.TrimLeftFunc(text, unicode.IsSpace)
		lead := text[:len(text)-len(word)]
		end := strings.IndexFunc(word, unicode.IsSpace)
		if end < 0 {
			end = len(word)
		}
		tokens = append(tokens, splitPunctuation(lead, word[:end])...)
		text = word[end:]
	}
	return tokens
}

func splitPunctuation(lead, word string) []wordToken {
	core := strings.TrimRight(word, ".,;:!?")
	if core == "" || core == word {
		return []wordToken{{lead: lead, text: word}}
	}
	return []wordToken{{lead: lead, text: core}, {text: word[len(core):]}}
}

func (t wordToken) isWord() bool {
	return strings.ContainsFunc(t.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// content reports whether the word carries meaning of its own.
func (t wordToken) content() bool {
	return t.isWord() && !fillers[strings.ToLower(t.text)]
}

var fillers = setOf("a an and are as at be by for from in into is it its of on or so that the their them these they this to up with")

// adverbs change how much of the same thing is done, which nobody can rate.
var adverbs = setOf("often always consistently regularly usually effectively efficiently independently proactively " +
	"successfully clearly well better very more most highly strongly deeply really fully mostly frequently sometimes")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// commonTokens is the longest common subsequence: for each token of b, the index in a that it matches, or -1.
func commonTokens(a, b []wordToken) []int {
	lengths := make([][]int, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(b)+1)
	}
	for i, v := range slices.Backward(a) {
		for j := len(b) - 1; j >= 0; j-- {
			if v.text == b[j].text {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	return trace(a, b, lengths)
}

func trace(a, b []wordToken, lengths [][]int) []int {
	matches := make([]int, len(b))
	i := 0
	for j := range b {
		matches[j] = -1
		for i < len(a) && a[i].text != b[j].text && lengths[i+1][j] >= lengths[i][j+1] {
			i++
		}
		if i < len(a) && a[i].text == b[j].text {
			matches[j] = i
			i++
		}
	}
	return matches
}

// likeness is the share of words that two texts have in common and in order, from
// 0 to 1. Filler words count a quarter.
func likeness(a, b []wordToken) float64 {
	shared := 0.0
	for j, i := range commonTokens(a, b) {
		if i >= 0 {
			shared += b[j].weight()
		}
	}
	total := weightOf(a) + weightOf(b)
	if total == 0 {
		return 0
	}
	return 2 * shared / total
}

func weightOf(tokens []wordToken) float64 {
	sum := 0.0
	for _, t := range tokens {
		sum += t.weight()
	}
	return sum
}

func (t wordToken) weight() float64 {
	switch {
	case t.content():
		return 1
	case t.isWord():
		return 0.25
	}
	return 0
}
