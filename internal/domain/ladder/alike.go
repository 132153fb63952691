package ladder

// Pair gives each text of is the most similar unused text of was, by its index,
// or -1: such texts are versions of one expectation. Importers use it to keep
// uids.
func Pair(was, is []string) []int {
	points := func(texts []string) []Point {
		out := make([]Point, len(texts))
		for i, text := range texts {
			out[i].Text = text
		}
		return out
	}
	return pairPoints(points(was), points(is))
}

// Unreadable says why a ladder file must not contain the text: invisible
// characters, HTML, or a link that runs a script. The findings have no place;
// importers add theirs.
func Unreadable(text string) Findings {
	r := &reader{}
	r.readable(text, Position{}, "")
	return r.findings
}
