package ladder

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Export writes the document as canonical YAML; parsing it gives the same
// document and the same hash.
func Export(document Document) ([]byte, error) { return encode(document, nil) }

// Canonical is the file in its canonical form, with its comments.
func (s Source) Canonical() ([]byte, error) { return encode(s.Document, s.root) }

func encode(document Document, commented *yaml.Node) ([]byte, error) {
	var root yaml.Node
	if err := root.Encode(document); err != nil {
		return nil, fmt.Errorf("export ladder %s: %w", document.Framework, err)
	}
	style(&root)
	if commented != nil {
		takeComments(&root, commented)
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(&root); err != nil {
		return nil, fmt.Errorf("export ladder %s: %w", document.Framework, err)
	}
	return out.Bytes(), encoder.Close()
}

// shortBlock is how many characters a block of plain values can have on one line.
const shortBlock = 100

// style writes small blocks on one line, and quotes texts with spaces.
func style(node *yaml.Node) {
	for _, child := range node.Content {
		style(child)
	}
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag == "!!str" && node.Style == 0 && strings.Contains(node.Value, " ") {
			node.Style = yaml.DoubleQuotedStyle
		}
	case yaml.MappingNode, yaml.SequenceNode:
		if size, plain := inline(node); plain && size <= shortBlock {
			node.Style = yaml.FlowStyle
		}
	}
}

func inline(node *yaml.Node) (size int, plain bool) {
	for _, child := range node.Content {
		switch {
		case child.Kind == yaml.ScalarNode && child.Style != yaml.LiteralStyle:
			size += len(child.Value) + 4
		case child.Kind == yaml.SequenceNode && node.Kind == yaml.MappingNode:
			inner, ok := inline(child)
			if !ok || child.Style != yaml.FlowStyle {
				return 0, false
			}
			size += inner + 4
		default:
			return 0, false
		}
	}
	return size, len(node.Content) > 0
}

// takeComments copies comments to the parts in the same place: keys by their
// name, entries of lists by what identifies them or by their number.
func takeComments(to, from *yaml.Node) {
	to.HeadComment, to.LineComment, to.FootComment = from.HeadComment, from.LineComment, from.FootComment
	if from.HeadComment+from.LineComment+from.FootComment != "" && to.Kind != yaml.ScalarNode {
		to.Style &^= yaml.FlowStyle
	}
	switch {
	case to.Kind == yaml.MappingNode && from.Kind == yaml.MappingNode:
		commentPairs(to, from)
	case to.Kind == yaml.SequenceNode && from.Kind == yaml.SequenceNode:
		known := map[string]*yaml.Node{}
		for i, entry := range from.Content {
			known[identity(entry, i)] = entry
		}
		for i, entry := range to.Content {
			if match, ok := known[identity(entry, i)]; ok {
				takeComments(entry, match)
			}
		}
	}
	for _, child := range to.Content {
		if to.Style&yaml.FlowStyle != 0 && commented(child) {
			to.Style &^= yaml.FlowStyle
		}
	}
}

func commentPairs(to, from *yaml.Node) {
	for i := 0; i+1 < len(to.Content); i += 2 {
		for j := 0; j+1 < len(from.Content); j += 2 {
			if to.Content[i].Value == from.Content[j].Value {
				takeComments(to.Content[i], from.Content[j])
				takeComments(to.Content[i+1], from.Content[j+1])
			}
		}
	}
}

func commented(node *yaml.Node) bool {
	if node.HeadComment+node.LineComment+node.FootComment != "" {
		return true
	}
	return slices.ContainsFunc(node.Content, commented)
}

// identity identifies an entry of a list: its code, key or uid, or its place.
func identity(node *yaml.Node, i int) string {
	for j := 0; j+1 < len(node.Content) && node.Kind == yaml.MappingNode; j += 2 {
		switch node.Content[j].Value {
		case "uid", "code", "key":
			return node.Content[j+1].Value
		}
	}
	return "#" + strconv.Itoa(i)
}
