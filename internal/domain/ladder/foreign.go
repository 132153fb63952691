package ladder

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// foreigners are the files of other products that end in .yaml, each with the keys
// at its top that tell it.
var foreigners = []struct {
	name string
	keys []string
}{
	{"an OpenAPI document", []string{"openapi"}},
	{"an OpenAPI document", []string{"swagger"}},
	{"an AsyncAPI document", []string{"asyncapi"}},
	{"a Kubernetes manifest", []string{"apiVersion", "kind"}},
	{"a Helm values or chart file", []string{"apiVersion", "appVersion"}},
	{"a GitHub workflow", []string{"on", "jobs"}},
	{"a GitHub action", []string{"runs", "inputs"}},
	{"a GitLab pipeline", []string{"stages"}},
	{"a CircleCI pipeline", []string{"version", "jobs"}},
	{"an Azure pipeline", []string{"trigger", "pool"}},
	{"a Docker Compose file", []string{"services"}},
	{"a CloudFormation template", []string{"AWSTemplateFormatVersion"}},
	{"a CloudFormation template", []string{"Resources"}},
	{"a Serverless configuration", []string{"service", "provider"}},
	{"a pre-commit configuration", []string{"repos"}},
	{"a documentation site's configuration", []string{"site_name"}},
	{"a Conda environment", []string{"dependencies", "channels"}},
	{"a package file", []string{"name", "dependencies"}},
	{"a linter's configuration", []string{"linters"}},
}

// foreign says what a file is if it is no ladder: it has none of the keys that
// only ladders have.
func foreign(root *yaml.Node) (what string, is bool) {
	var keys []string
	if root.Kind == yaml.MappingNode {
		for i := 0; i < len(root.Content); i += 2 {
			keys = append(keys, root.Content[i].Value)
		}
	}
	for _, own := range []string{"framework", "competencies", "tracks", "categories", "expectations"} {
		if slices.Contains(keys, own) {
			return "", false
		}
	}
	for _, known := range foreigners {
		if !slices.ContainsFunc(known.keys, func(key string) bool { return !slices.Contains(keys, key) }) {
			return known.name, true
		}
	}
	if root.Kind == yaml.SequenceNode {
		return "a list, such as an Ansible playbook", true
	}
	return "a file of another program", len(keys) >= 2 && !slices.Contains(keys, "version") && !slices.Contains(keys, "name")
}
