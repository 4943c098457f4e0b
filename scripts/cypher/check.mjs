// Reads {"schema": ..., "statements": [{"name", "cypher", "parameters"}]} from stdin, writes a list of faults as JSON.
import { readFileSync } from 'node:fs';
import { lintCypherQuery } from '@neo4j-cypher/language-support';

const ERROR = 1;
const { schema, statements } = JSON.parse(readFileSync(0, 'utf-8'));
const faults = [];
for (const { name, cypher, parameters } of statements) {
  const { diagnostics } = lintCypherQuery(cypher, { ...schema, parameters });
  for (const { severity, message, range } of diagnostics) {
    faults.push({ name, line: range.start.line + 1, error: severity === ERROR, message });
  }
}
process.stdout.write(JSON.stringify(faults));
