import { codeOf } from './outline';

/** The file that a ladder starts with. */
export function newLadder(name: string): string {
  return `framework: ${codeOf(name)}
name: ${JSON.stringify(name.trim())}
version: 1.0.0
tracks:
  - code: IC
    name: Individual contributor
    kind: ic
    levels:
      - {code: IC3, title: Engineer}
      - {code: IC4, title: Senior engineer}
      - {code: IC5, title: Lead engineer}
competencies:
  - {code: delivery, name: Delivery}
`;
}
