package ladder_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func TestAFileOfAnotherProductIsToldSo(t *testing.T) {
	for file, what := range map[string]string{
		"openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n": "an OpenAPI document",
		"swagger: '2.0'\n": "an OpenAPI document",
		"apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n":                "a Kubernetes manifest",
		"apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Service\n": "a Kubernetes manifest",
		"version: '3'\nservices:\n  a: {image: b}\n":                      "a Docker Compose file",
		"name: CI\non: [push]\njobs:\n  a: {runs-on: x, steps: []}\n":     "a GitHub workflow",
		"'on': push\njobs: {}\n":                                          "a GitHub workflow",
		"- hosts: all\n  tasks: []\n":                                     "an Ansible playbook",
		"AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n":         "a CloudFormation template",
		"defaults: &a {x: 1}\nother: *a\n":                                "another program",
	} {
		_, err := ladder.Parse("x.yaml", []byte(file))
		var findings ladder.Findings
		require.ErrorAs(t, err, &findings)
		require.Len(t, findings, 1, file)
		require.Contains(t, findings[0].Message, what)
		require.Contains(t, findings[0].Fix, "framework")
	}
	_, err := ladder.Parse("x.yaml", []byte("name: Bakers\nversion: 1.0.0\ncompetencies: []\n"))
	require.NotContains(t, err.Error(), "not a ladder", "a ladder with mistakes is a ladder")
}
